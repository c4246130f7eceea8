// ClientSet: a client's set object around its end of the set it holds.
#include "arguments.h"
#include "client_end.h"
#include "rules.h"
#include "settings.h"
#include "witness.h"

namespace sluice {

ClientSet::ClientSet(const char* double_name) : double_name_(double_name) {}

void ClientSet::release() {
    if (std::shared_ptr<ClientEnd> open = end()) {
        violation("%s is released with set \"%s\" not closed", double_name_, open->set().name());
        close();
    }
}

std::shared_ptr<ClientEnd> ClientSet::end() {
    std::lock_guard<std::mutex> lock(mutex_);
    return end_;
}

Hresult ClientSet::create(const std::string& instance, const std::string& name,
                          const VDConfig* request) {
    Call call(Function::kCreate);
    if (call.refused()) {
        return call.status();
    }
    if (is_bad_configuration(request, "Create")) {
        return vdi::kInvalid;
    }
    check_servers_fields(*request);
    std::lock_guard<std::mutex> lock(mutex_);
    if (end_) {
        return vdi::kProtocol;
    }
    if (instance.find('\\') != std::string::npos) {
        violation("Create: instance name \"%s\" contains a backslash", instance.c_str());
    }
    if (!is_instance(instance)) {
        return vdi::kInstanceName;
    }
    if (!is_valid_name(name)) {
        return vdi::kInvalid;
    }
    if (!is_valid_request(*request)) {
        return vdi::kNotSupported;
    }
    SharedSet* set = nullptr;
    settings().umask_at_create = process_umask();
    Hresult status =
        SharedSet::create(instance, name, *request, settings().queue_depth, &set);
    if (status == vdi::kOk) {
        settings().group_may_access = set->group_may_access() ? 1 : 0;
        end_ = std::make_shared<ClientEnd>(set, true);
    }
    return status;
}

Hresult ClientSet::open_in_secondary(const std::string& instance, const std::string& name) {
    Call call(Function::kOpenInSecondary);
    settings().umask_at_open = process_umask();
    if (call.refused()) {
        return call.status();
    }
    std::lock_guard<std::mutex> lock(mutex_);
    if (end_) {
        return vdi::kProtocol;
    }
    if (!is_instance(instance)) {
        return vdi::kInstanceName;
    }
    std::unique_ptr<SharedSet> set(SharedSet::attach(instance, name));
    if (!set) {
        return vdi::kProtocol;
    }
    {
        Lock set_lock(*set);
        if (set->header().aborted) {
            return vdi::kAbort;
        }
        if (!set->header().primary_ready || set->header().primary_closed || set->all_ends_seen()) {
            return vdi::kProtocol;
        }
    }
    end_ = std::make_shared<ClientEnd>(set.release(), false);
    return vdi::kOk;
}

Hresult ClientSet::get_configuration(std::int64_t timeout_millis, VDConfig* configuration) {
    Call call(Function::kGetConfiguration);
    if (call.refused()) {
        return call.status();
    }
    if (is_bad_configuration(configuration, "GetConfiguration")) {
        return vdi::kInvalid;
    }
    Inside<ClientEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->configuration(timeout_millis, configuration);
}

Hresult ClientSet::open_device(const std::string& name, ClientDevice** device) {
    Call call(Function::kOpenDevice);
    settings().umask_at_open = process_umask();
    *device = nullptr;
    if (call.refused()) {
        return call.status();
    }
    std::shared_ptr<ClientEnd> end = this->end();
    Inside<ClientEnd> inside(end);
    if (inside.none()) {
        return vdi::kProtocol;
    }
    int index = kNone;
    Hresult status = inside->open(name, index);
    if (status == vdi::kOk) {
        *device = new ClientDevice(end, index);
    }
    return status;
}

Hresult ClientSet::signal_abort() {
    Call call(Function::kSignalAbort);
    if (call.refused()) {
        return call.status();
    }
    Inside<ClientEnd> inside(end());
    if (inside.none()) {
        return vdi::kProtocol;
    }
    inside->abort();
    return vdi::kOk;
}

Hresult ClientSet::get_buffer_handle(const std::uint8_t* buffer, Dword* handle) {
    Call call(Function::kGetBufferHandle);
    if (call.refused()) {
        return call.status();
    }
    if (is_missing(handle, "GetBufferHandle", "the out pointer")) {
        return vdi::kInvalid;
    }
    Inside<ClientEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->handle_of(buffer, handle);
}

Hresult ClientSet::map_buffer_handle(Dword handle, std::uint8_t** buffer) {
    Call call(Function::kMapBufferHandle);
    if (call.refused()) {
        return call.status();
    }
    if (is_missing(buffer, "MapBufferHandle", "the out pointer")) {
        return vdi::kInvalid;
    }
    *buffer = nullptr;
    Inside<ClientEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->map(handle, buffer);
}

Hresult ClientSet::close() {
    Call call(Function::kClose);
    if (call.refused()) {
        return call.status();
    }
    std::shared_ptr<ClientEnd> ended;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        ended.swap(end_);
    }
    return ended ? ended->close() : vdi::kProtocol;
}

}  // namespace sluice
