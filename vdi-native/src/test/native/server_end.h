// One server object's part in a set, from Open to Close.
#pragma once

#include <atomic>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "buffer_view.h"
#include "completion_agent.h"
#include "inside.h"
#include "server.h"
#include "shared_set.h"

namespace sluice {

class ServerEnd {
public:
    explicit ServerEnd(SharedSet* set);

    Hresult configuration(VDConfig* configuration);
    Hresult begin(Dword features, Dword alignment, Dword block_size, Dword max_transfer_size);
    Hresult request(Dword size, Dword alignment, Dword number);
    Hresult query(Dword size, Dword alignment, Dword* number);
    Hresult end_configuration();
    Hresult open_device(const std::string& name, int& index);
    Hresult allocate(std::uint8_t** buffer, Dword size, Dword alignment);
    Hresult free(const std::uint8_t* address, Dword size);
    bool is_shared(const std::uint8_t* buffer);
    Hresult send(int device, VDS_Command* command);
    Hresult close_device(int device);
    Hresult execute_agent();
    bool is_agent_running();
    Hresult abort();
    // The last call, once.
    Hresult close();
    // The death of the server's process, played in this one.
    void die();

    Gate& gate() { return gate_; }
    // Of ExecuteCompletionAgent, which Close ends and no other call may outlast.
    Gate& agent_gate() { return agent_gate_; }
    SharedSet& set() { return *set_; }

private:
    // All but close(): with the set's lock held.
    State state();
    bool in(std::initializer_list<State> states);
    // The refusal of a call the state does not allow.
    Hresult refusal();
    void allow_buffers();
    Dword effective(Dword alignment);
    bool is_buffer(Dword size, Dword alignment);
    bool is_transferable(const VDS_Command& command, int buffer);
    void enqueue(Lock& lock, DeviceShare& device, VDS_Command* command, int buffer);
    bool has_open_devices();

    std::unique_ptr<SharedSet> set_;
    const bool strict_;
    BufferView view_;
    std::vector<SharedSet::BufferRequest> requests_;
    Gate gate_;
    Gate agent_gate_;
    std::atomic<bool> gone_{false};
    CompletionAgent agent_;
};

}  // namespace sluice
