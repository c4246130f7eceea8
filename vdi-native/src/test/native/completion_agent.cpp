#include "completion_agent.h"

#include "witness.h"

namespace sluice {

void CompletionAgent::begin() {
    set_.header().agent_running = true;
    thread_ = std::this_thread::get_id();
    count(Counter::kAgents);
}

Hresult CompletionAgent::serve() {
    while (take_or_wait()) {
        deliver();
        if (finished_inside_) {
            return ended_normally_ ? vdi::kOk : vdi::kAbort;
        }
    }
    return end();
}

bool CompletionAgent::take_or_wait() {
    Lock lock(set_);
    while (!gone_) {
        set_.look_for_the_dead(lock);
        abort_if_stalled(lock);
        if (take(lock)) {
            return true;
        }
        if (set_.header().aborted || set_.all_closed_by_server()) {
            return false;
        }
        lock.wait(set_.header().agent_work, next_look());
    }
    return false;
}

bool CompletionAgent::take(Lock&) {
    done_.clear();
    next_ = 0;
    Header& header = set_.header();
    while (header.first_done != kNone && done_.size() < kBatch) {
        int device = header.first_done / kSlots;
        int index = header.first_done % kSlots;
        Slot& slot = set_.device(device).slots[index];
        header.first_done = slot.next_done;
        if (header.first_done == kNone) {
            header.last_done = kNone;
        }
        check_unchanged(slot);
        if (strict_ && slot.buffer != kNone) {
            view_.allow(set_, slot.buffer);
        }
        done_.push_back({reinterpret_cast<VDS_Command*>(slot.server_command), device,
                         slot.completion, slot.bytes, slot.out_position});
        if (slot.stage == Stage::kDone) {
            set_.recycle(device, index);
        }
    }
    return !done_.empty();
}

// The command's memory is the library's from SendCommand to the routine.
void CompletionAgent::check_unchanged(const Slot& slot) {
    const auto& command = *reinterpret_cast<const VDS_Command*>(slot.server_command);
    if (command.commandCode != slot.code || command.size != slot.size
        || command.inPosition != slot.position || command.completionRoutine == nullptr) {
        violation("set \"%s\": the server changed command %u before its routine ran",
                  set_.name(), slot.code);
    }
}

// Without the lock: a routine may call anything, even close the set.
void CompletionAgent::deliver() {
    while (next_ < done_.size() && !gone_ && !finished_inside_) {
        Done done = done_[next_++];
        done.command->completionCode = done.code;
        done.command->bytesTransferred = done.bytes;
        done.command->outPosition = done.position;
        set_.device(done.device).called_back++;
        done.command->completionRoutine(done.command);
    }
}

void CompletionAgent::deliver_all() {
    bool more = true;
    while (more) {
        deliver();
        Lock lock(set_);
        more = !gone_ && take(lock);
    }
}

Hresult CompletionAgent::end() {
    Lock lock(set_);
    set_.header().agent_running = false;
    thread_ = std::thread::id();
    count(Counter::kAgents, -1);
    lock.wake(set_.header().changes);
    return set_.header().aborted || gone_ ? vdi::kAbort : vdi::kOk;
}

void CompletionAgent::finish(bool normally) {
    bool inside = is_current_thread();
    {
        Lock lock(set_);
        while (!inside && set_.header().agent_running) {
            lock.wait(set_.header().changes, kNever);
        }
    }
    deliver_all();
    if (inside) {
        end();
        ended_normally_ = normally;
        finished_inside_ = true;
    }
}

std::int64_t CompletionAgent::stall_limit() {
    constexpr std::int64_t kIntervals = 2;
    return kIntervals * kMillisecond * set_.header().request.serverTimeOut;
}

void CompletionAgent::abort_if_stalled(Lock& lock) {
    const Header& header = set_.header();
    if (stall_limit() > 0 && header.pending > 0 && now() - header.last_progress > stall_limit()) {
        set_.abort(lock);
    }
}

std::int64_t CompletionAgent::next_look() {
    bool watched = stall_limit() > 0 && set_.header().pending > 0;
    return watched ? set_.header().last_progress + stall_limit() + 1 : kNever;
}

}  // namespace sluice
