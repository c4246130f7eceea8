// ServerSet: a server's set object around the end of the set it is attached to.
#include <set>

#include "arguments.h"
#include "server_end.h"
#include "settings.h"
#include "witness.h"

namespace sluice {
namespace {

// The server ends of this process, for die().
struct LiveEnds {
    std::mutex mutex;
    std::set<std::shared_ptr<ServerEnd>> ends;
};

LiveEnds& live_ends() {
    static LiveEnds& only = *new LiveEnds();
    return only;
}

}  // namespace

int die(const std::string& set_name) {
    LiveEnds& live = live_ends();
    std::lock_guard<std::mutex> lock(live.mutex);
    int died = 0;
    for (const std::shared_ptr<ServerEnd>& end : live.ends) {
        if (set_name == end->set().name()) {
            end->die();
            died++;
        }
    }
    return died;
}

ServerSet::ServerSet() = default;

void ServerSet::release() {
    if (std::shared_ptr<ServerEnd> open = end()) {
        violation("a server's set object is released with set \"%s\" not closed",
                  open->set().name());
        close();
    }
}

std::shared_ptr<ServerEnd> ServerSet::end() {
    std::lock_guard<std::mutex> lock(mutex_);
    return end_;
}

Hresult ServerSet::open(const std::string& instance, const std::string& name) {
    Call call(Function::kServerOpen);
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
    if (!set || (settings().server_is_other_user && !set->group_may_access())) {
        return vdi::kInvalid;
    }
    {
        Lock set_lock(*set);
        Header& header = set->header();
        if (header.aborted) {
            return vdi::kAbort;
        }
        if (header.server_attached) {
            return vdi::kProtocol;
        }
        header.server = Process::self();
        header.server_attached = true;
        header.server_state = State::kConnected;
    }
    end_ = std::make_shared<ServerEnd>(set.release());
    std::lock_guard<std::mutex> live(live_ends().mutex);
    live_ends().ends.insert(end_);
    return vdi::kOk;
}

Hresult ServerSet::get_configuration(VDConfig* configuration) {
    Call call(Function::kServerGetConfiguration);
    if (call.refused()) {
        return call.status();
    }
    if (is_bad_configuration(configuration, "server GetConfiguration")) {
        return vdi::kInvalid;
    }
    Inside<ServerEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->configuration(configuration);
}

Hresult ServerSet::begin_configuration(Dword features, Dword alignment, Dword block_size,
                                       Dword max_transfer_size) {
    Call call(Function::kServerBeginConfiguration);
    if (call.refused()) {
        return call.status();
    }
    Inside<ServerEnd> inside(end());
    return inside.none() ? vdi::kProtocol
                         : inside->begin(features, alignment, block_size, max_transfer_size);
}

Hresult ServerSet::end_configuration() {
    Call call(Function::kServerEndConfiguration);
    if (call.refused()) {
        return call.status();
    }
    Inside<ServerEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->end_configuration();
}

Hresult ServerSet::request_buffers(Dword size, Dword alignment, Dword number) {
    Call call(Function::kServerRequestBuffers);
    if (call.refused()) {
        return call.status();
    }
    Inside<ServerEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->request(size, alignment, number);
}

Hresult ServerSet::query_available_buffers(Dword size, Dword alignment, Dword* number) {
    Call call(Function::kServerQueryAvailableBuffers);
    if (call.refused()) {
        return call.status();
    }
    if (is_missing(number, "QueryAvailableBuffers", "the out pointer")) {
        return vdi::kInvalid;
    }
    Inside<ServerEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->query(size, alignment, number);
}

Hresult ServerSet::execute_completion_agent() {
    Call call(Function::kServerExecuteCompletionAgent);
    if (call.refused()) {
        return call.status();
    }
    Inside<ServerEnd> inside(end(), &ServerEnd::agent_gate);
    return inside.none() ? vdi::kProtocol : inside->execute_agent();
}

Hresult ServerSet::open_device(const std::string& name, ServerDevice** device) {
    Call call(Function::kServerOpenDevice);
    *device = nullptr;
    if (call.refused()) {
        return call.status();
    }
    std::shared_ptr<ServerEnd> end = this->end();
    Inside<ServerEnd> inside(end);
    if (inside.none()) {
        return vdi::kProtocol;
    }
    int index = kNone;
    Hresult status = inside->open_device(name, index);
    if (status == vdi::kOk) {
        *device = new ServerDevice(end, index);
    }
    return status;
}

Hresult ServerSet::allocate_buffer(std::uint8_t** buffer, Dword size, Dword alignment) {
    Call call(Function::kServerAllocateBuffer);
    if (call.refused()) {
        return call.status();
    }
    if (is_missing(buffer, "AllocateBuffer", "the out pointer")) {
        return vdi::kInvalid;
    }
    *buffer = nullptr;
    Inside<ServerEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->allocate(buffer, size, alignment);
}

Hresult ServerSet::free_buffer(const std::uint8_t* buffer, Dword size) {
    Call call(Function::kServerFreeBuffer);
    if (call.refused()) {
        return call.status();
    }
    Inside<ServerEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->free(buffer, size);
}

bool ServerSet::is_shared_buffer(const std::uint8_t* buffer) {
    Inside<ServerEnd> inside(end());
    return !inside.none() && inside->is_shared(buffer);
}

bool ServerSet::is_agent_running() {
    Inside<ServerEnd> inside(end());
    return !inside.none() && inside->is_agent_running();
}

Hresult ServerSet::signal_abort() {
    Call call(Function::kServerSignalAbort);
    if (call.refused()) {
        return call.status();
    }
    Inside<ServerEnd> inside(end());
    return inside.none() ? vdi::kProtocol : inside->abort();
}

Hresult ServerSet::close() {
    Call call(Function::kServerClose);
    if (call.refused()) {
        return call.status();
    }
    std::shared_ptr<ServerEnd> ended;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        ended.swap(end_);
    }
    if (!ended) {
        return vdi::kProtocol;
    }
    {
        std::lock_guard<std::mutex> live(live_ends().mutex);
        live_ends().ends.erase(ended);
    }
    return ended->close();
}

}  // namespace sluice
