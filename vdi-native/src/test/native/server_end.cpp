#include "server_end.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <set>
#include <thread>
#include <vector>

#include "buffer_view.h"
#include "client_end.h"
#include "settings.h"
#include "witness.h"

namespace sluice {
namespace {

bool is_power_of_two(Dword value, Dword least, Dword most) {
    return value >= least && value <= most && (value & (value - 1)) == 0;
}

// What section H says against a server's decision.
bool is_acceptable(const VDConfig& request, Dword features, Dword alignment, Dword block_size,
                   Dword max_transfer_size) {
    Dword direction = features & (vdi::kWriteMedia | vdi::kReadMedia);
    bool one_direction = direction == vdi::kWriteMedia || direction == vdi::kReadMedia;
    bool complete_asked = (features & vdi::kCompleteEnabled) == 0
                          || (request.features & vdi::kRequestComplete) != 0;
    return is_power_of_two(block_size, 512, kMaxBlockSize)
           && (alignment == 0 || is_power_of_two(alignment, block_size, kMaxBlockSize))
           && max_transfer_size >= kTransferUnit && max_transfer_size <= kMaxTransferSize
           && max_transfer_size % kTransferUnit == 0 && one_direction && complete_asked;
}

Dword completion_for(Hresult refusal) {
    switch (refusal) {
        case vdi::kAbort:
            return vdi::kOperationAborted;
        case vdi::kIoError:
            return vdi::kIoDevice;
        case vdi::kQueueFull:
            return vdi::kNoSystemResources;
        case vdi::kInvalid:
            return vdi::kInvalidParameter;
        default:
            return vdi::kInvalidHandle;
    }
}

// Answers a refused command on the sender's thread.
Hresult refuse(VDS_Command* command, Hresult status) {
    command->completionCode = completion_for(status);
    command->bytesTransferred = 0;
    command->outPosition = 0;
    command->completionRoutine(command);
    return status;
}

}  // namespace

// One server object's part in a set, from Open to Close.
class ServerEnd {
public:
    explicit ServerEnd(SharedSet* set) : set_(set) { count(Counter::kServerSets); }

    SharedSet& set() { return *set_; }
    bool is_closed() const { return closed_; }
    bool is_gone() const { return gone_; }

    // With the lock held.
    State state() {
        return set_->header().aborted || gone_ ? State::kAborted : set_->header().server_state;
    }
    bool in(std::initializer_list<State> states) {
        return std::find(states.begin(), states.end(), state()) != states.end();
    }
    // The refusal of a call the state does not allow.
    Hresult refusal() { return state() == State::kAborted ? vdi::kAbort : vdi::kProtocol; }

    Hresult configuration(VDConfig* configuration) {
        Lock lock(*set_);
        if (state() == State::kAborted) {
            return vdi::kAbort;
        }
        bool decided = set_->header().server_state != State::kConnected;
        *configuration = decided ? set_->header().decision : set_->header().request;
        return vdi::kOk;
    }

    Hresult begin(Dword features, Dword alignment, Dword block_size, Dword max_transfer_size) {
        Lock lock(*set_);
        if (!in({State::kConnected})) {
            return refusal();
        }
        Header& header = set_->header();
        if (!is_acceptable(header.request, features, alignment, block_size, max_transfer_size)) {
            return vdi::kInvalid;
        }
        header.decision = header.request;
        header.decision.features = features;
        header.decision.alignment = std::max({header.request.alignment, block_size, alignment});
        header.decision.blockSize = block_size;
        header.decision.maxIODepth = kMaxIoDepth;
        header.decision.maxTransferSize = max_transfer_size;
        header.decision.bufferAreaSize = 0;
        header.server_state = State::kConfigurable;
        return vdi::kOk;
    }

    Hresult request(Dword size, Dword alignment, Dword number) {
        Lock lock(*set_);
        if (!in({State::kConfigurable, State::kInitializing, State::kActive})) {
            return refusal();
        }
        if (!is_buffer(size, alignment) || number == 0) {
            return vdi::kInvalid;
        }
        SharedSet::BufferRequest request = {size, effective(alignment), number};
        if (state() == State::kConfigurable) {
            requests_.push_back(request);
            return vdi::kOk;
        }
        return set_->extend({request}) && view_.sync(*set_, false) ? vdi::kOk : vdi::kMemory;
    }

    Hresult query(Dword size, Dword alignment, Dword* number) {
        Lock lock(*set_);
        if (!in({State::kConfigurable, State::kInitializing, State::kActive})) {
            return refusal();
        }
        if (!is_buffer(size, alignment)) {
            return vdi::kInvalid;
        }
        *number = 0;
        for (int i = 0; i < set_->header().buffer_count; i++) {
            *number += fits(set_->buffer(i), size, effective(alignment)) ? 1 : 0;
        }
        return vdi::kOk;
    }

    Hresult end_configuration() {
        Lock lock(*set_);
        if (!in({State::kConfigurable})) {
            return refusal();
        }
        std::vector<SharedSet::BufferRequest> requests;
        requests.swap(requests_);
        if (!requests.empty() && (!set_->extend(requests) || !view_.sync(*set_, false))) {
            return vdi::kMemory;
        }
        set_->header().configured = true;
        set_->header().server_state = State::kInitializing;
        lock.wake(set_->header().changes);
        return vdi::kOk;
    }

    Hresult open_device(const std::string& name, int& index) {
        Lock lock(*set_);
        if (!in({State::kInitializing, State::kActive})) {
            return refusal();
        }
        index = 0;
        while (index < set_->device_count()
               && set_->device(index).state != DeviceState::kUnopened) {
            index++;
        }
        if (index == set_->device_count()) {
            return vdi::kOpen;
        }
        if (!is_valid_name(name) || set_->find_device(name) != kNone) {
            return vdi::kInvalid;
        }
        DeviceShare& device = set_->device(index);
        std::snprintf(device.name, sizeof device.name, "%s", name.c_str());
        device.state = DeviceState::kOpen;
        set_->header().server_state = State::kActive;
        lock.wake(set_->header().changes);
        return vdi::kOk;
    }

    Hresult allocate(std::uint8_t** buffer, Dword size, Dword alignment) {
        Lock lock(*set_);
        if (!in({State::kInitializing, State::kActive})) {
            return refusal();
        }
        if (!is_buffer(size, alignment)) {
            return vdi::kInvalid;
        }
        int best = kNone;
        for (int i = 0; i < set_->header().buffer_count; i++) {
            const BufferShare& candidate = set_->buffer(i);
            bool better = best == kNone || candidate.capacity < set_->buffer(best).capacity;
            best = fits(candidate, size, effective(alignment)) && better ? i : best;
        }
        if (best == kNone) {
            return vdi::kMemory;
        }
        set_->buffer(best).holder = Holder::kServer;
        set_->buffer(best).allocated = size;
        *buffer = view_.address(best);
        return vdi::kOk;
    }

    Hresult free(const std::uint8_t* address, Dword size) {
        Lock lock(*set_);
        if (in({State::kConnected, State::kConfigurable})) {
            return vdi::kProtocol;
        }
        int index = view_.find(address);
        if (index == kNone) {
            return vdi::kInvalid;
        }
        BufferShare& buffer = set_->buffer(index);
        bool travelling = buffer.holder == Holder::kTravelling && !set_->header().aborted;
        if (buffer.holder == Holder::kFree || travelling || buffer.allocated != size) {
            return vdi::kInvalid;
        }
        buffer.holder = Holder::kFree;
        return vdi::kOk;
    }

    bool is_shared(const std::uint8_t* buffer) {
        Lock lock(*set_);
        return view_.contains(buffer);
    }

    bool is_agent_running() {
        Lock lock(*set_);
        return set_->header().agent_running;
    }

    Hresult abort() {
        Lock lock(*set_);
        if (!gone_) {
            set_->abort(lock);
        }
        return vdi::kOk;
    }

    Hresult send(int index, VDS_Command* command) {
        Lock lock(*set_);
        if (!in({State::kActive})) {
            return refusal();
        }
        int buffer = command->buffer == nullptr ? kNone : view_.find(command->buffer);
        bool valid = vdi::has_buffer(command->commandCode)
                         ? buffer != kNone && is_transferable(buffer, command->size)
                         : command->buffer == nullptr;
        if (!valid) {
            return vdi::kInvalid;
        }
        DeviceShare& device = set_->device(index);
        if (device.state == DeviceState::kUnopened || device.state == DeviceState::kClosed) {
            return vdi::kProtocol;
        }
        if (device.state == DeviceState::kIoError && command->commandCode != vdi::kClearError) {
            return vdi::kIoError;
        }
        if (device.in_use >= set_->header().queue_depth) {
            return vdi::kQueueFull;
        }
        enqueue(lock, device, command, buffer);
        return vdi::kOk;
    }

    Hresult close_device(int index) {
        Lock lock(*set_);
        if (state() == State::kAborted) {
            return vdi::kAbort;
        }
        DeviceShare& device = set_->device(index);
        if (device.state == DeviceState::kClosed) {
            return vdi::kClose;
        }
        if (device.sent != device.called_back) {
            return vdi::kBusy;
        }
        device.state = DeviceState::kClosed;
        lock.wake(device.commands);
        if (set_->all_closed_by_server()) {
            set_->header().server_state = State::kNormallyTerminated;
            lock.wake(set_->header().agent_work);
        }
        return vdi::kOk;
    }

    Hresult execute_agent() {
        {
            Lock lock(*set_);
            // after an abort it still answers what was sent before it came (ABORT-19)
            if (!in({State::kInitializing, State::kActive, State::kAborted})) {
                return refusal();
            }
            if (set_->header().agent_running) {
                return refusal();
            }
            set_->header().agent_running = true;
            set_->header().server_state = State::kActive;
            agent_ = std::this_thread::get_id();
            count(Counter::kAgents);
        }
        while (take_done_or_wait()) {
            deliver();
            if (drained_) {
                // a routine closed the set: its memory is gone
                return ended_normally_ ? vdi::kOk : vdi::kAbort;
            }
        }
        return end_agent();
    }

    Hresult close() {
        bool from_agent = agent_ == std::this_thread::get_id();
        Hresult status;
        {
            Lock lock(*set_);
            int others = inside_ - (set_->header().agent_running ? 1 : 0);
            if (others > 0) {
                violation("server Close of set \"%s\" while %d threads are inside calls",
                          set_->name(), others);
            }
            status = state() == State::kActive && has_open_devices() ? vdi::kProtocol : vdi::kOk;
            ended_normally_ = state() == State::kNormallyTerminated;
            if (!ended_normally_ && !gone_) {
                set_->abort(lock);
            }
        }
        if (from_agent) {
            drained_ = true;
            deliver();
        }
        finish_agent(from_agent);
        closed_ = true;
        std::unique_lock<std::mutex> lock(mutex_);
        left_.wait(lock, [&] { return inside_ == (from_agent ? 1 : 0); });
        view_.close();
        set_.reset();
        count(Counter::kServerSets, -1);
        return status;
    }

    // The death of the server's process, played in this one.
    void die() {
        Lock lock(*set_);
        gone_ = true;
        set_->header().server_gone = true;
        lock.wake(set_->header().agent_work);
    }

    void enter() { inside_++; }

    void leave() {
        inside_--;
        if (closed_) {
            std::lock_guard<std::mutex> lock(mutex_);
            left_.notify_all();
        }
    }

private:
    struct Done {
        VDS_Command* command;
        int device;
        Dword code;
        Dword bytes;
        std::uint64_t position;
    };
    static constexpr std::size_t kBatch = 64;

    Dword effective(Dword alignment) {
        return std::max(alignment, set_->header().decision.alignment);
    }

    bool is_buffer(Dword size, Dword alignment) {
        const VDConfig& decision = set_->header().decision;
        return size >= 1 && size <= decision.maxTransferSize
               && (alignment == 0
                   || is_power_of_two(alignment, decision.alignment, kMaxBlockSize));
    }

    static bool fits(const BufferShare& buffer, Dword size, Dword alignment) {
        return buffer.holder == Holder::kFree && buffer.capacity >= size
               && buffer.alignment >= alignment;
    }

    bool is_transferable(int index, Dword size) {
        const BufferShare& buffer = set_->buffer(index);
        return buffer.holder == Holder::kServer && size > 0 && size <= buffer.allocated
               && size % set_->header().decision.blockSize == 0;
    }

    void enqueue(Lock& lock, DeviceShare& device, VDS_Command* command, int buffer) {
        int index = 0;
        while (device.slots[index].stage != Stage::kIdle) {
            index++;
        }
        Slot& slot = device.slots[index];
        slot.stage = Stage::kQueued;
        slot.code = command->commandCode;
        slot.size = command->size;
        slot.position = command->inPosition;
        slot.buffer = buffer;
        slot.server_command = reinterpret_cast<std::uint64_t>(command);
        if (buffer != kNone) {
            set_->buffer(buffer).holder = Holder::kTravelling;
        }
        device.queue[(device.queue_first + device.queue_count++) % kMaxQueueDepth] = index;
        device.in_use++;
        device.sent++;
        set_->note_sent();
        lock.wake(device.commands, 1);
    }

    bool has_open_devices() {
        for (int d = 0; d < set_->device_count(); d++) {
            DeviceState state = set_->device(d).state;
            if (state == DeviceState::kOpen || state == DeviceState::kIoError) {
                return true;
            }
        }
        return false;
    }

    // With the lock held: completed commands, as many as fit.
    bool take_done() {
        done_.clear();
        next_ = 0;
        Header& header = set_->header();
        while (header.first_done != kNone && done_.size() < kBatch) {
            int device = header.first_done / kMaxQueueDepth;
            int index = header.first_done % kMaxQueueDepth;
            Slot& slot = set_->device(device).slots[index];
            header.first_done = slot.next_done;
            if (header.first_done == kNone) {
                header.last_done = kNone;
            }
            done_.push_back({reinterpret_cast<VDS_Command*>(slot.server_command), device,
                             slot.completion, slot.bytes, slot.out_position});
            if (slot.stage == Stage::kDone) {
                set_->recycle(device, index);
            }
        }
        return !done_.empty();
    }

    // The agent's turn: true with commands to deliver, false at the end of its life.
    bool take_done_or_wait() {
        Lock lock(*set_);
        while (!gone_) {
            set_->look_for_the_dead(lock);
            abort_if_stalled(lock);
            if (take_done()) {
                return true;
            }
            if (set_->header().aborted || set_->all_closed_by_server()) {
                return false;
            }
            lock.wait(set_->header().agent_work, next_look());
        }
        return false;
    }

    std::int64_t stall_limit() {
        return 2 * kMillisecond * set_->header().request.serverTimeOut;
    }

    void abort_if_stalled(Lock& lock) {
        Header& header = set_->header();
        if (stall_limit() > 0 && header.pending > 0
            && now() - header.last_progress > stall_limit()) {
            set_->abort(lock);
        }
    }

    std::int64_t next_look() {
        bool watched = stall_limit() > 0 && set_->header().pending > 0;
        return watched ? set_->header().last_progress + stall_limit() + 1 : kNever;
    }

    // Runs the routines of what was taken, without the lock: a routine may call anything.
    void deliver() {
        do {
            while (next_ < done_.size() && !gone_) {
                Done done = done_[next_++];
                done.command->completionCode = done.code;
                done.command->bytesTransferred = done.bytes;
                done.command->outPosition = done.position;
                set_->device(done.device).called_back++;
                done.command->completionRoutine(done.command);
                if (is_closed()) {
                    return;
                }
            }
        } while (drained_ && !gone_ && take_more());
    }

    bool take_more() {
        Lock lock(*set_);
        return take_done();
    }

    Hresult end_agent() {
        Lock lock(*set_);
        set_->header().agent_running = false;
        agent_ = std::thread::id();
        count(Counter::kAgents, -1);
        lock.wake(set_->header().changes);
        return state() == State::kAborted ? vdi::kAbort : vdi::kOk;
    }

    // Waits for the agent to return; where none runs, its work is done here.
    void finish_agent(bool from_agent) {
        bool undelivered;
        {
            Lock lock(*set_);
            Header& header = set_->header();
            if (from_agent) {
                header.agent_running = false;
                count(Counter::kAgents, -1);
            }
            while (header.agent_running) {
                lock.wait(header.changes, kNever);
            }
            undelivered = !gone_ && take_done();
            header.server_closed = !gone_;
        }
        if (undelivered) {
            drained_ = true;
            deliver();
        }
    }

    std::unique_ptr<SharedSet> set_;
    BufferView view_;
    std::vector<SharedSet::BufferRequest> requests_;
    std::atomic<bool> closed_{false};
    std::atomic<bool> gone_{false};
    std::atomic<int> inside_{0};
    std::mutex mutex_;
    std::condition_variable left_;
    std::atomic<std::thread::id> agent_{};

    // the thread's that delivers
    std::vector<Done> done_;
    std::size_t next_ = 0;
    std::atomic<bool> drained_{false};
    bool ended_normally_ = false;
};

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

// Keeps an end from being unmapped during a call.
class Inside {
public:
    explicit Inside(std::shared_ptr<ServerEnd> end) : end_(std::move(end)) {
        if (end_) {
            end_->enter();
            closed_ = end_->is_closed();
        }
    }
    ~Inside() {
        if (end_) {
            end_->leave();
        }
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    bool none() const { return !end_ || closed_; }
    ServerEnd* operator->() { return end_.get(); }

private:
    std::shared_ptr<ServerEnd> end_;
    bool closed_ = false;
};

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

// ---- ServerDevice

ServerDevice::ServerDevice(std::shared_ptr<ServerEnd> end, int index)
    : end_(std::move(end)), index_(index) {
    count(Counter::kServerDevices);
}

ServerDevice::~ServerDevice() { release(); }

void ServerDevice::release() {
    if (!released_.exchange(true)) {
        count(Counter::kServerDevices, -1);
    }
}

Hresult ServerDevice::send_command(VDS_Command* command) {
    Call call(Function::kServerSendCommand);
    if (command == nullptr || command->completionRoutine == nullptr) {
        violation("SendCommand: %s", command == nullptr ? "the command is NULL"
                                                        : "there is no completion routine");
        return vdi::kInvalid;
    }
    if (call.refused()) {
        return refuse(command, call.status());
    }
    Hresult status;
    {
        Inside end(end_);
        if (end.none()) {
            violation("SendCommand on a device whose set is closed");
            status = vdi::kProtocol;
        } else {
            status = end->send(index_, command);
        }
    }
    return status == vdi::kOk ? status : refuse(command, status);
}

Hresult ServerDevice::close_device() {
    Call call(Function::kServerCloseDevice);
    if (call.refused()) {
        return call.status();
    }
    Inside end(end_);
    if (end.none()) {
        violation("CloseDevice on a device whose set is closed");
        return vdi::kProtocol;
    }
    return end->close_device(index_);
}

// ---- ServerSet

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
    if (configuration == nullptr) {
        violation("server GetConfiguration: the VDConfig is NULL");
        return vdi::kInvalid;
    }
    Inside inside(end());
    return inside.none() ? vdi::kProtocol : inside->configuration(configuration);
}

Hresult ServerSet::begin_configuration(Dword features, Dword alignment, Dword block_size,
                                       Dword max_transfer_size) {
    Call call(Function::kServerBeginConfiguration);
    if (call.refused()) {
        return call.status();
    }
    Inside inside(end());
    return inside.none() ? vdi::kProtocol
                         : inside->begin(features, alignment, block_size, max_transfer_size);
}

Hresult ServerSet::end_configuration() {
    Call call(Function::kServerEndConfiguration);
    if (call.refused()) {
        return call.status();
    }
    Inside inside(end());
    return inside.none() ? vdi::kProtocol : inside->end_configuration();
}

Hresult ServerSet::request_buffers(Dword size, Dword alignment, Dword number) {
    Call call(Function::kServerRequestBuffers);
    if (call.refused()) {
        return call.status();
    }
    Inside inside(end());
    return inside.none() ? vdi::kProtocol : inside->request(size, alignment, number);
}

Hresult ServerSet::query_available_buffers(Dword size, Dword alignment, Dword* number) {
    Call call(Function::kServerQueryAvailableBuffers);
    if (call.refused()) {
        return call.status();
    }
    if (number == nullptr) {
        violation("QueryAvailableBuffers: the out pointer is NULL");
        return vdi::kInvalid;
    }
    Inside inside(end());
    return inside.none() ? vdi::kProtocol : inside->query(size, alignment, number);
}

Hresult ServerSet::execute_completion_agent() {
    Call call(Function::kServerExecuteCompletionAgent);
    if (call.refused()) {
        return call.status();
    }
    Inside inside(end());
    return inside.none() ? vdi::kProtocol : inside->execute_agent();
}

Hresult ServerSet::open_device(const std::string& name, ServerDevice** device) {
    Call call(Function::kServerOpenDevice);
    *device = nullptr;
    if (call.refused()) {
        return call.status();
    }
    std::shared_ptr<ServerEnd> end = this->end();
    Inside inside(end);
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
    if (buffer == nullptr) {
        violation("AllocateBuffer: the out pointer is NULL");
        return vdi::kInvalid;
    }
    *buffer = nullptr;
    Inside inside(end());
    return inside.none() ? vdi::kProtocol : inside->allocate(buffer, size, alignment);
}

Hresult ServerSet::free_buffer(const std::uint8_t* buffer, Dword size) {
    Call call(Function::kServerFreeBuffer);
    if (call.refused()) {
        return call.status();
    }
    Inside inside(end());
    return inside.none() ? vdi::kProtocol : inside->free(buffer, size);
}

bool ServerSet::is_shared_buffer(const std::uint8_t* buffer) {
    Inside inside(end());
    return !inside.none() && inside->is_shared(buffer);
}

bool ServerSet::is_agent_running() {
    Inside inside(end());
    return !inside.none() && inside->is_agent_running();
}

Hresult ServerSet::signal_abort() {
    Call call(Function::kServerSignalAbort);
    if (call.refused()) {
        return call.status();
    }
    Inside inside(end());
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
