#include "com_server.h"

#include <memory>
#include <mutex>
#include <vector>

#include "arguments.h"
#include "com_object.h"
#include "server.h"

namespace sluice {
namespace {

class ComServerDevice final : public ComObject<vdi::IServerVirtualDevice> {
public:
    explicit ComServerDevice(ServerDevice* core)
        : ComObject("IServerVirtualDevice"), core_(core) {}

    Hresult SendCommand(VDS_Command* command) override {
        return enter("SendCommand") ? core_->send_command(command) : vdi::kProtocol;
    }

    Hresult CloseDevice() override {
        return enter("CloseDevice") ? core_->close_device() : vdi::kProtocol;
    }

protected:
    bool offers(const Guid& iid) const override {
        return iid == vdi::kIidUnknown || iid == vdi::kIidServerDevice;
    }

    void end() override {
        core_->release();
        retire([this] { core_.reset(); });
    }

private:
    std::unique_ptr<ServerDevice> core_;
};

class ComServerSet final : public ComObject<vdi::IServerVirtualDeviceSet2> {
public:
    ComServerSet() : ComObject("IServerVirtualDeviceSet2"), core_(new ServerSet()) {}

    Hresult Open(const char16_t* instance, const char16_t* name) override {
        if (!enter("Open")) {
            return vdi::kProtocol;
        }
        return is_missing(name, "server Open", "the name")
                   ? vdi::kInvalid
                   : core_->open(to_utf8(instance), to_utf8(name));
    }

    Hresult GetConfiguration(VDConfig* configuration) override {
        return enter("GetConfiguration") ? core_->get_configuration(configuration)
                                         : vdi::kProtocol;
    }

    Hresult BeginConfiguration(Dword features, Dword alignment, Dword block_size,
                               Dword max_transfer_size, Dword) override {
        if (!enter("BeginConfiguration")) {
            return vdi::kProtocol;
        }
        if (alignment != block_size) {
            violation("BeginConfiguration: %u and %u differ, and which of them is the alignment "
                      "is disputed (X-1)", alignment, block_size);
        }
        return core_->begin_configuration(features, alignment, block_size, max_transfer_size);
    }

    Hresult EndConfiguration() override {
        return enter("EndConfiguration") ? core_->end_configuration() : vdi::kProtocol;
    }

    Hresult RequestBuffers(Dword size, Dword alignment, Dword number) override {
        return enter("RequestBuffers") ? core_->request_buffers(size, alignment, number)
                                       : vdi::kProtocol;
    }

    Hresult QueryAvailableBuffers(Dword size, Dword alignment, Dword* number) override {
        return enter("QueryAvailableBuffers")
                   ? core_->query_available_buffers(size, alignment, number)
                   : vdi::kProtocol;
    }

    Hresult ExecuteCompletionAgent() override {
        return enter("ExecuteCompletionAgent") ? core_->execute_completion_agent()
                                               : vdi::kProtocol;
    }

    Hresult OpenDevice(const char16_t* name, vdi::IServerVirtualDevice** device) override {
        if (!enter("OpenDevice") || is_missing(name, "server OpenDevice", "the name")) {
            return vdi::kInvalid;
        }
        if (is_missing(device, "server OpenDevice", "the out pointer")) {
            return vdi::kInvalid;
        }
        *device = nullptr;
        ServerDevice* core = nullptr;
        Hresult status = core_->open_device(to_utf8(name), &core);
        if (status == vdi::kOk) {
            auto* opened = new ComServerDevice(core);
            std::lock_guard<std::mutex> lock(mutex_);
            devices_.push_back(opened);
            *device = opened;
        }
        return status;
    }

    Hresult AllocateBuffer(std::uint8_t** buffer, Dword size, Dword alignment) override {
        return enter("AllocateBuffer") ? core_->allocate_buffer(buffer, size, alignment)
                                       : vdi::kProtocol;
    }

    Hresult FreeBuffer(std::uint8_t* buffer, Dword size) override {
        return enter("FreeBuffer") ? core_->free_buffer(buffer, size) : vdi::kProtocol;
    }

    std::int32_t IsSharedBuffer(std::uint8_t* buffer) override {
        return enter("IsSharedBuffer") && core_->is_shared_buffer(buffer) ? 1 : 0;
    }

    Hresult SignalAbort() override {
        return enter("SignalAbort") ? core_->signal_abort() : vdi::kProtocol;
    }

    Hresult Close() override {
        if (!enter("Close")) {
            return vdi::kProtocol;
        }
        Hresult status = core_->close();
        std::lock_guard<std::mutex> lock(mutex_);
        for (ComServerDevice* device : devices_) {
            count(Counter::kDevicesDroppedAtClose, device->invalidate() ? 1 : 0);
        }
        devices_.clear();
        return status;
    }

protected:
    bool offers(const Guid& iid) const override {
        return iid == vdi::kIidUnknown || iid == vdi::kIidServerSet2;
    }

    void end() override {
        core_->release();
        retire([this] { core_.reset(); });
    }

private:
    std::unique_ptr<ServerSet> core_;
    std::mutex mutex_;
    std::vector<ComServerDevice*> devices_;
};

}  // namespace

vdi::IServerVirtualDeviceSet2* new_server_set() { return new ComServerSet(); }

}  // namespace sluice
