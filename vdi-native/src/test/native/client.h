// The client's objects: table E.1 of vdi-facts, sections F, I and J.2. COM and POSIX doubles put
// their own shapes around these classes.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "shared_set.h"
#include "vdi_abi.h"

namespace sluice {

class ClientEnd;

// One device a client opened. Lives on after Close, when every call is a violation.
class ClientDevice {
public:
    ClientDevice(std::shared_ptr<ClientEnd> end, int index);
    ~ClientDevice();
    ClientDevice(const ClientDevice&) = delete;
    ClientDevice& operator=(const ClientDevice&) = delete;

    Hresult get_command(std::int64_t timeout_millis, VDC_Command** command);
    Hresult complete_command(VDC_Command* command, Dword code, std::uint64_t bytes,
                             std::uint64_t position);
    // Whether a thread is inside GetCommand; not part of the interface.
    bool is_fetching() const { return fetching_ > 0; }
    // The caller needs it no more. Memory goes with the destructor, so that a caller who is wrong
    // about it finds an object that knows.
    void release();

private:
    friend class ClientEnd;

    enum class Holding { kFree, kFetched, kGivenBack };
    struct Block {
        Holding holding = Holding::kFree;
        int slot = kNone;
        int buffer = kNone;
    };
    static constexpr int kBlocks = 128;

    bool fetch(Lock& lock, VDC_Command** command);
    int block_of(const VDC_Command* command) const;
    void give_back(int block);
    Hresult complete(Lock& lock, int block, Dword code, Dword bytes, std::uint64_t position);
    // For Close: commands fetched and not given back; the memory of the commands goes.
    int outstanding() const;
    void bury_blocks();

    std::shared_ptr<ClientEnd> end_;
    int index_;
    // the same page twice: the caller's view of the commands is read-only
    VDC_Command* writable_;
    VDC_Command* blocks_;
    Block states_[kBlocks];
    int next_block_ = 0;
    long fetched_ = 0;
    long completed_ = 0;
    std::atomic<int> fetching_{0};
};

// A client's set object; holds at most one set at a time.
class ClientSet {
public:
    // `double_name` is for the texts of violations: "IClientVirtualDeviceSet2", ...
    explicit ClientSet(const char* double_name);
    ClientSet(const ClientSet&) = delete;
    ClientSet& operator=(const ClientSet&) = delete;

    Hresult create(const std::string& instance, const std::string& name, const VDConfig* request);
    Hresult open_in_secondary(const std::string& instance, const std::string& name);
    Hresult get_configuration(std::int64_t timeout_millis, VDConfig* configuration);
    Hresult open_device(const std::string& name, ClientDevice** device);
    Hresult signal_abort();
    Hresult get_buffer_handle(const std::uint8_t* buffer, Dword* handle);
    Hresult map_buffer_handle(Dword handle, std::uint8_t** buffer);
    Hresult close();
    // The caller needs it no more; closes what is not closed, which is a violation.
    void release();

private:
    std::shared_ptr<ClientEnd> end();

    const char* double_name_;
    std::mutex mutex_;
    std::shared_ptr<ClientEnd> end_;
};

}  // namespace sluice
