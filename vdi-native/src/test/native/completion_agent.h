// Runs completion routines on the thread the server lends, and watches serverTimeOut (ABORT-39).
#pragma once

#include <atomic>
#include <thread>
#include <vector>

#include "buffer_view.h"
#include "shared_set.h"
#include "vdi_abi.h"

namespace sluice {

class CompletionAgent {
public:
    // `gone` tells that the server plays dead: nothing is answered any more. A strict view lets
    // the server have a buffer again when its command comes back.
    CompletionAgent(SharedSet& set, BufferView& view, bool strict, const std::atomic<bool>& gone)
        : set_(set), view_(view), strict_(strict), gone_(gone) {}

    // With the set's lock held, on the thread that will serve.
    void begin();
    // Until the set ends; returns what ExecuteCompletionAgent does.
    Hresult serve();
    // For Close: answers what is left and ends. Waits for the agent's thread, unless that is the
    // caller, in a routine, or there is none.
    void finish(bool normally);
    bool is_current_thread() const { return thread_ == std::this_thread::get_id(); }

private:
    struct Done {
        VDS_Command* command;
        int device;
        Dword code;
        Dword bytes;
        std::uint64_t position;
    };

    // True with commands to deliver, false at the end of the set.
    bool take_or_wait();
    bool take(Lock& lock);
    void check_unchanged(const Slot& slot);
    void deliver();
    void deliver_all();
    Hresult end();
    std::int64_t stall_limit();
    void abort_if_stalled(Lock& lock);
    std::int64_t next_look();

    static constexpr std::size_t kBatch = 64;

    SharedSet& set_;
    BufferView& view_;
    const bool strict_;
    const std::atomic<bool>& gone_;
    std::atomic<std::thread::id> thread_{};
    // set by finish() from inside a routine: the set's memory goes before serve() returns
    bool finished_inside_ = false;
    bool ended_normally_ = false;

    // of the thread that delivers
    std::vector<Done> done_;
    std::size_t next_ = 0;
};

}  // namespace sluice
