// The server's objects: table E.2 of vdi-facts, sections F, I and J.2. COM-shaped objects and the
// streaming server stand on these classes.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "shared_set.h"
#include "vdi_abi.h"

namespace sluice {

class ServerEnd;

class ServerDevice {
public:
    ServerDevice(std::shared_ptr<ServerEnd> end, int index);
    ~ServerDevice();
    ServerDevice(const ServerDevice&) = delete;
    ServerDevice& operator=(const ServerDevice&) = delete;

    // The routine runs once in any case: by the agent, or at once when the command is refused.
    Hresult send_command(VDS_Command* command);
    Hresult close_device();
    // The caller needs it no more.
    void release();

private:
    std::shared_ptr<ServerEnd> end_;
    int index_;
    std::atomic<bool> released_{false};
};

// A server's set object; attached to at most one set at a time.
class ServerSet {
public:
    ServerSet();
    ServerSet(const ServerSet&) = delete;
    ServerSet& operator=(const ServerSet&) = delete;

    Hresult open(const std::string& instance, const std::string& name);
    Hresult get_configuration(VDConfig* configuration);
    Hresult begin_configuration(Dword features, Dword alignment, Dword block_size,
                                Dword max_transfer_size);
    Hresult end_configuration();
    Hresult request_buffers(Dword size, Dword alignment, Dword number);
    Hresult query_available_buffers(Dword size, Dword alignment, Dword* number);
    Hresult execute_completion_agent();
    Hresult open_device(const std::string& name, ServerDevice** device);
    Hresult allocate_buffer(std::uint8_t** buffer, Dword size, Dword alignment);
    Hresult free_buffer(const std::uint8_t* buffer, Dword size);
    bool is_shared_buffer(const std::uint8_t* buffer);
    // Whether a thread is inside ExecuteCompletionAgent; not part of the interface.
    bool is_agent_running();
    Hresult signal_abort();
    Hresult close();
    // The caller needs it no more; closes what is not closed, which is a violation.
    void release();

private:
    std::shared_ptr<ServerEnd> end();

    std::mutex mutex_;
    std::shared_ptr<ServerEnd> end_;
};

// Stops the server ends of this process on a set without closing anything, as if their process had
// been killed; returns how many there were.
int die(const std::string& set_name);

}  // namespace sluice
