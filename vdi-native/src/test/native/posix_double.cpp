// libsqlvdi.so: the two classes of the Linux client library.
#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "arguments.h"
#include "client.h"
#include "com_object.h"
#include "settings.h"
#include "vdi_posix.h"
#include "witness.h"

static_assert(sizeof(ClientVirtualDeviceSet) == 8 && sizeof(ClientVirtualDevice) == 8);
static_assert(sizeof(time_t) == 8);

// The inside of a device; outlives it, to know calls on a dead one.
struct CVD {
    std::unique_ptr<sluice::ClientDevice> device;
    // what the caller has instead of a constructed object
    CVD* handle;
};

// The inside of a set; outlives it, to know calls after the destructor.
struct CVDS {
    std::unique_ptr<sluice::ClientSet> set;
    std::atomic<bool> destroyed{false};
    std::mutex mutex;
    std::vector<CVD*> devices;
};

namespace {

using sluice::violation;

// The set behind an object, or null and a violation.
sluice::ClientSet* set_of(CVDS* cvds, const char* function) {
    if (cvds == nullptr || cvds->destroyed) {
        violation("%s on an object %s", function,
                  cvds == nullptr ? "without a constructor" : "after its destructor");
        return nullptr;
    }
    return cvds->set.get();
}

sluice::ClientDevice* device_of(CVD* cvd, const char* function) {
    if (cvd == nullptr || !cvd->device) {
        violation("%s on a device %s", function,
                  cvd == nullptr ? "that no OpenDevice gave" : "whose set is closed");
        return nullptr;
    }
    return cvd->device.get();
}

bool is_name(const char* name, const char* function) {
    if (sluice::is_missing(name, function, "the name")) {
        return false;
    }
    for (const char* c = name; *c != 0; c++) {
        if ((*c & 0x80) != 0) {
            violation("%s: the name is not ASCII", function);
            break;
        }
    }
    return true;
}

std::int64_t millis_of(time_t timeout, const char* function) {
    if (timeout == static_cast<time_t>(vdi::kInfinite)) {
        violation("%s: the time-out is INFINITE without its sign, 49 days", function);
    }
    bool scaled = timeout > 0 && sluice::settings().time_outs_in_seconds;
    return scaled ? timeout * 1000 : timeout;
}

// Devices die with Close; what callers still have of them only knows that.
void bury_devices(CVDS* cvds) {
    std::lock_guard<std::mutex> lock(cvds->mutex);
    for (CVD* cvd : cvds->devices) {
        sluice::retire([cvd] { cvd->device.reset(); });
    }
    cvds->devices.clear();
}

}  // namespace

ClientVirtualDevice::ClientVirtualDevice() : cvd(nullptr) {
    violation("a ClientVirtualDevice is constructed by the caller");
}

ClientVirtualDevice::~ClientVirtualDevice() {
    violation("a ClientVirtualDevice is destroyed by the caller");
}

int ClientVirtualDevice::GetCommand(time_t timeout, VDC_Command** command) {
    sluice::ClientDevice* device = device_of(cvd, "GetCommand");
    return device == nullptr ? vdi::kProtocol
                             : device->get_command(millis_of(timeout, "GetCommand"), command);
}

int ClientVirtualDevice::CompleteCommand(VDC_Command* command, int code, unsigned long bytes,
                                         std::int64_t position) {
    sluice::ClientDevice* device = device_of(cvd, "CompleteCommand");
    return device == nullptr
               ? vdi::kProtocol
               : device->complete_command(command, static_cast<Dword>(code), bytes,
                                          static_cast<std::uint64_t>(position));
}

ClientVirtualDeviceSet::ClientVirtualDeviceSet() {
    if (reinterpret_cast<std::uintptr_t>(this) % 8 != 0) {
        violation("the memory of a ClientVirtualDeviceSet is not aligned to 8 bytes");
    }
    void* before;
    std::memcpy(&before, static_cast<void*>(this), sizeof before);
    if (before != nullptr) {
        violation("the memory of a ClientVirtualDeviceSet is not zero");
    }
    cvds = new CVDS();
    cvds->set = std::make_unique<sluice::ClientSet>("ClientVirtualDeviceSet");
    sluice::count(sluice::Counter::kReferences);
}

ClientVirtualDeviceSet::~ClientVirtualDeviceSet() {
    if (set_of(cvds, "the destructor") != nullptr) {
        CVDS* inside = cvds;
        inside->set->release();
        inside->destroyed = true;
        bury_devices(inside);
        sluice::entomb(inside);
        sluice::retire([inside] { inside->set.reset(); });
        sluice::count(sluice::Counter::kReferences, -1);
    }
}

int ClientVirtualDeviceSet::Create(char* name, VDConfig* configuration) {
    sluice::ClientSet* set = set_of(cvds, "Create");
    if (set == nullptr) {
        return vdi::kNotOpen;
    }
    return is_name(name, "Create") ? set->create("", name, configuration) : vdi::kInvalid;
}

int ClientVirtualDeviceSet::GetConfiguration(time_t timeout, VDConfig* configuration) {
    sluice::ClientSet* set = set_of(cvds, "GetConfiguration");
    return set == nullptr ? vdi::kNotOpen
                          : set->get_configuration(millis_of(timeout, "GetConfiguration"),
                                                   configuration);
}

int ClientVirtualDeviceSet::OpenDevice(char* name, ClientVirtualDevice** device) {
    sluice::ClientSet* set = set_of(cvds, "OpenDevice");
    if (set == nullptr) {
        return vdi::kNotOpen;
    }
    if (sluice::is_missing(device, "OpenDevice", "the out pointer")) {
        return vdi::kInvalid;
    }
    *device = nullptr;
    if (!is_name(name, "OpenDevice")) {
        return vdi::kInvalid;
    }
    sluice::ClientDevice* core = nullptr;
    int status = set->open_device(name, &core);
    if (status == vdi::kOk) {
        auto* cvd = new CVD();
        cvd->device.reset(core);
        cvd->handle = cvd;
        sluice::entomb(cvd);
        std::lock_guard<std::mutex> lock(cvds->mutex);
        cvds->devices.push_back(cvd);
        *device = reinterpret_cast<ClientVirtualDevice*>(&cvd->handle);
    }
    return status;
}

int ClientVirtualDeviceSet::Close() {
    sluice::ClientSet* set = set_of(cvds, "Close");
    if (set == nullptr) {
        return vdi::kNotOpen;
    }
    int status = set->close();
    bury_devices(cvds);
    return status;
}

int ClientVirtualDeviceSet::SignalAbort() {
    sluice::ClientSet* set = set_of(cvds, "SignalAbort");
    return set == nullptr ? vdi::kNotOpen : set->signal_abort();
}

int ClientVirtualDeviceSet::OpenInSecondary(char* name) {
    sluice::ClientSet* set = set_of(cvds, "OpenInSecondary");
    if (set == nullptr) {
        return vdi::kNotOpen;
    }
    return is_name(name, "OpenInSecondary") ? set->open_in_secondary("", name) : vdi::kInvalid;
}

int ClientVirtualDeviceSet::GetBufferHandle(std::uint8_t* buffer, unsigned int* handle) {
    sluice::ClientSet* set = set_of(cvds, "GetBufferHandle");
    return set == nullptr ? vdi::kNotOpen : set->get_buffer_handle(buffer, handle);
}

int ClientVirtualDeviceSet::MapBufferHandle(int handle, std::uint8_t** buffer) {
    sluice::ClientSet* set = set_of(cvds, "MapBufferHandle");
    return set == nullptr ? vdi::kNotOpen
                          : set->map_buffer_handle(static_cast<Dword>(handle), buffer);
}

void ClientVirtualDeviceSet::RegisterDeviceClosed() {
    violation("RegisterDeviceClosed is the library's own");
}
