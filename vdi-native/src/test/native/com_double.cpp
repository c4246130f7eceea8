// libsluice-com-double.so: the three functions of COM that a VDI client needs, and the client's
// interfaces behind them.
#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

#include "arguments.h"
#include "client.h"
#include "com_object.h"
#include "com_server.h"
#include "settings.h"

#define SLUICE_EXPORT extern "C" __attribute__((visibility("default")))

namespace sluice {
namespace {

class ComClientDevice final : public ComObject<vdi::IClientVirtualDevice> {
public:
    explicit ComClientDevice(ClientDevice* core)
        : ComObject("IClientVirtualDevice"), core_(core) {}

    Hresult GetCommand(Dword timeout, VDC_Command** command) override {
        return enter("GetCommand") ? core_->get_command(timeout_of(timeout), command)
                                   : vdi::kProtocol;
    }

    Hresult CompleteCommand(VDC_Command* command, Dword code, Dword bytes,
                            std::uint64_t position) override {
        return enter("CompleteCommand") ? core_->complete_command(command, code, bytes, position)
                                        : vdi::kProtocol;
    }

protected:
    bool offers(const Guid& iid) const override {
        return iid == vdi::kIidUnknown || iid == vdi::kIidClientDevice;
    }

    void end() override {
        core_->release();
        retire([this] { core_.reset(); });
    }

private:
    std::unique_ptr<ClientDevice> core_;
};

class ComClientSet final : public ComObject<vdi::IClientVirtualDeviceSet2> {
public:
    ComClientSet()
        : ComObject("IClientVirtualDeviceSet2"), core_(new ClientSet("IClientVirtualDeviceSet2")) {}

    Hresult Create(const char16_t* name, VDConfig* configuration) override {
        const char* instance = std::getenv("_VIRTUAL_SERVER_NAME_");
        return create("Create", instance == nullptr ? "" : instance, name, configuration);
    }

    Hresult CreateEx(const char16_t* instance, const char16_t* name,
                     VDConfig* configuration) override {
        return create("CreateEx", to_utf8(instance), name, configuration);
    }

    Hresult GetConfiguration(Dword timeout, VDConfig* configuration) override {
        return enter("GetConfiguration")
                   ? core_->get_configuration(timeout_of(timeout), configuration)
                   : vdi::kProtocol;
    }

    Hresult OpenDevice(const char16_t* name, vdi::IClientVirtualDevice** device) override {
        if (!enter("OpenDevice")) {
            return vdi::kProtocol;
        }
        if (is_missing(device, "OpenDevice", "the out pointer")) {
            return vdi::kInvalid;
        }
        *device = nullptr;
        if (is_missing(name, "OpenDevice", "the name")) {
            return vdi::kInvalid;
        }
        ClientDevice* core = nullptr;
        Hresult status = core_->open_device(to_utf8(name), &core);
        if (status == vdi::kOk) {
            auto* opened = new ComClientDevice(core);
            std::lock_guard<std::mutex> lock(mutex_);
            devices_.push_back(opened);
            *device = opened;
        }
        return status;
    }

    Hresult Close() override {
        if (!enter("Close")) {
            return vdi::kProtocol;
        }
        Hresult status = core_->close();
        std::lock_guard<std::mutex> lock(mutex_);
        for (ComClientDevice* device : devices_) {
            device->invalidate();
        }
        devices_.clear();
        return status;
    }

    Hresult SignalAbort() override {
        return enter("SignalAbort") ? core_->signal_abort() : vdi::kProtocol;
    }

    Hresult OpenInSecondary(const char16_t* name) override {
        return open_in_secondary("OpenInSecondary", nullptr, name);
    }

    Hresult OpenInSecondaryEx(const char16_t* instance, const char16_t* name) override {
        return open_in_secondary("OpenInSecondaryEx", instance, name);
    }

    Hresult GetBufferHandle(std::uint8_t* buffer, Dword* handle) override {
        return enter("GetBufferHandle") ? core_->get_buffer_handle(buffer, handle)
                                        : vdi::kProtocol;
    }

    Hresult MapBufferHandle(Dword handle, std::uint8_t** buffer) override {
        return enter("MapBufferHandle") ? core_->map_buffer_handle(handle, buffer)
                                        : vdi::kProtocol;
    }

protected:
    bool offers(const Guid& iid) const override {
        return iid == vdi::kIidUnknown || iid == vdi::kIidClientSet || iid == vdi::kIidClientSet2;
    }

    void end() override {
        core_->release();
        retire([this] { core_.reset(); });
    }

private:
    Hresult create(const char* function, const std::string& instance, const char16_t* name,
                   VDConfig* configuration) {
        if (!enter(function)) {
            return vdi::kProtocol;
        }
        return is_missing(name, function, "the name")
                   ? vdi::kInvalid
                   : core_->create(instance, to_utf8(name), configuration);
    }

    Hresult open_in_secondary(const char* function, const char16_t* instance,
                              const char16_t* name) {
        if (!enter(function)) {
            return vdi::kProtocol;
        }
        return is_missing(name, function, "the name")
                   ? vdi::kInvalid
                   : core_->open_in_secondary(to_utf8(instance), to_utf8(name));
    }

    std::unique_ptr<ClientSet> core_;
    std::mutex mutex_;
    std::vector<ComClientDevice*> devices_;
};

// Gives out the interface and lets go of the reference the object was made with.
template <typename Object>
Hresult hand_out(Object* object, const Guid* iid, void** out) {
    Hresult status = object->QueryInterface(iid, out);
    object->Release();
    return status;
}

struct ApartmentsChecked {
    ApartmentsChecked() { settings().apartments_checked = true; }
} apartments_checked;

}  // namespace
}  // namespace sluice

using namespace sluice;

SLUICE_EXPORT Hresult CoInitializeEx(void* reserved, std::uint32_t flags) {
    Call call(Function::kCoInitializeEx);
    if (call.refused()) {
        return call.status();
    }
    if (reserved != nullptr) {
        violation("CoInitializeEx: the reserved argument is not NULL");
        return vdi::kInvalidArgument;
    }
    return enter_apartment(flags & vdi::kCoinitApartmentThreaded);
}

SLUICE_EXPORT void CoUninitialize() {
    Call call(Function::kCoUninitialize);
    leave_apartment();
}

SLUICE_EXPORT Hresult CoCreateInstance(const Guid* clsid, void* outer, std::uint32_t context,
                                       const Guid* iid, void** out) {
    Call call(Function::kCoCreateInstance);
    if (clsid == nullptr || iid == nullptr || out == nullptr) {
        violation("CoCreateInstance: a pointer is NULL");
        return vdi::kPointer;
    }
    *out = nullptr;
    if (!in_apartment()) {
        violation("CoCreateInstance on a thread that has not entered an apartment");
        return vdi::kNotInitialized;
    }
    if (call.refused()) {
        return call.status();
    }
    if (outer != nullptr) {
        return vdi::kNoAggregation;
    }
    if ((context & vdi::kClsctxInprocServer) == 0) {
        return vdi::kClassNotRegistered;
    }
    if (*clsid == vdi::kClsidClientSet) {
        return hand_out(new ComClientSet(), iid, out);
    }
    if (*clsid == vdi::kClsidServerSet) {
        return hand_out(new_server_set(), iid, out);
    }
    return vdi::kClassNotRegistered;
}
