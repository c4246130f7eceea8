#include "server_end.h"

#include <algorithm>
#include <cstdio>

#include "rules.h"
#include "settings.h"
#include "witness.h"

namespace sluice {
namespace {

bool fits(const BufferShare& buffer, Dword size, Dword alignment) {
    return buffer.holder == Holder::kFree && buffer.capacity >= size
           && buffer.alignment >= alignment;
}

// Goes to a slot without command; false when all wait for their routines.
bool find_slot(DeviceShare& device) {
    for (int tried = 0; tried < kSlots; tried++) {
        if (device.slots[device.next_slot].stage == Stage::kIdle) {
            return true;
        }
        device.next_slot = (device.next_slot + 1) % kSlots;
    }
    return false;
}

}  // namespace

ServerEnd::ServerEnd(SharedSet* set)
    : set_(set), strict_(settings().strict_buffers), agent_(*set, view_, strict_, gone_) {
    count(Counter::kServerSets);
}

State ServerEnd::state() {
    return set_->header().aborted || gone_ ? State::kAborted : set_->header().server_state;
}

bool ServerEnd::in(std::initializer_list<State> states) {
    return std::find(states.begin(), states.end(), state()) != states.end();
}

Hresult ServerEnd::refusal() { return state() == State::kAborted ? vdi::kAbort : vdi::kProtocol; }

Hresult ServerEnd::configuration(VDConfig* configuration) {
    Lock lock(*set_);
    if (state() == State::kAborted) {
        return vdi::kAbort;
    }
    bool decided = set_->header().server_state != State::kConnected;
    *configuration = decided ? set_->header().decision : set_->header().request;
    return vdi::kOk;
}

Hresult ServerEnd::begin(Dword features, Dword alignment, Dword block_size,
                         Dword max_transfer_size) {
    Lock lock(*set_);
    if (!in({State::kConnected})) {
        return refusal();
    }
    Header& header = set_->header();
    if (!is_valid_decision(header.request, features, alignment, block_size, max_transfer_size)) {
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

Hresult ServerEnd::request(Dword size, Dword alignment, Dword number) {
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

Hresult ServerEnd::query(Dword size, Dword alignment, Dword* number) {
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

Hresult ServerEnd::end_configuration() {
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

Hresult ServerEnd::open_device(const std::string& name, int& index) {
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

Hresult ServerEnd::allocate(std::uint8_t** buffer, Dword size, Dword alignment) {
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

Hresult ServerEnd::free(const std::uint8_t* address, Dword size) {
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

bool ServerEnd::is_shared(const std::uint8_t* buffer) {
    Lock lock(*set_);
    return view_.contains(buffer);
}

Hresult ServerEnd::send(int index, VDS_Command* command) {
    Lock lock(*set_);
    if (!in({State::kActive})) {
        return refusal();
    }
    int buffer = command->buffer == nullptr ? kNone : view_.find(command->buffer);
    if (!is_transferable(*command, buffer)) {
        return vdi::kInvalid;
    }
    DeviceShare& device = set_->device(index);
    if (device.state == DeviceState::kUnopened || device.state == DeviceState::kClosed) {
        return vdi::kProtocol;
    }
    if (device.state == DeviceState::kIoError && command->commandCode != vdi::kClearError) {
        return vdi::kIoError;
    }
    if (device.uncompleted >= set_->header().queue_depth || !find_slot(device)) {
        return vdi::kQueueFull;
    }
    enqueue(lock, device, command, buffer);
    return vdi::kOk;
}

bool ServerEnd::is_transferable(const VDS_Command& command, int index) {
    if (!vdi::has_buffer(command.commandCode)) {
        return command.buffer == nullptr;
    }
    if (index == kNone) {
        return false;
    }
    const BufferShare& buffer = set_->buffer(index);
    return buffer.holder == Holder::kServer && command.size > 0
           && command.size <= buffer.allocated
           && command.size % set_->header().decision.blockSize == 0;
}

void ServerEnd::enqueue(Lock& lock, DeviceShare& device, VDS_Command* command, int buffer) {
    int index = device.next_slot;
    Slot& slot = device.slots[index];
    slot.stage = Stage::kQueued;
    slot.code = command->commandCode;
    slot.size = command->size;
    slot.position = command->inPosition;
    slot.buffer = buffer;
    slot.server_command = reinterpret_cast<std::uint64_t>(command);
    if (buffer != kNone) {
        set_->buffer(buffer).holder = Holder::kTravelling;
        if (strict_) {
            view_.forbid(*set_, buffer);
        }
    }
    device.queue[(device.queue_first + device.queue_count++) % kMaxQueueDepth] = index;
    device.uncompleted++;
    device.sent++;
    set_->note_sent();
    lock.wake(device.commands, 1);
}

Hresult ServerEnd::close_device(int index) {
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

bool ServerEnd::is_agent_running() {
    Lock lock(*set_);
    return set_->header().agent_running;
}

Hresult ServerEnd::abort() {
    Lock lock(*set_);
    if (!gone_) {
        set_->abort(lock);
        // where no agent runs, no routine will give them back
        allow_buffers();
    }
    return vdi::kOk;
}

Hresult ServerEnd::execute_agent() {
    {
        Lock lock(*set_);
        // after an abort, too: what was sent before is still answered (ABORT-19)
        bool allowed = in({State::kInitializing, State::kActive, State::kAborted});
        if (!allowed || set_->header().agent_running) {
            return refusal();
        }
        set_->header().server_state = State::kActive;
        agent_.begin();
    }
    return agent_.serve();
}

Hresult ServerEnd::close() {
    bool from_agent = agent_.is_current_thread();
    bool normally;
    Hresult status;
    {
        Lock lock(*set_);
        if (gate_.inside() > 0) {
            violation("server Close of set \"%s\" while %d threads are inside calls",
                      set_->name(), gate_.inside());
        }
        status = state() == State::kActive && has_open_devices() ? vdi::kProtocol : vdi::kOk;
        normally = state() == State::kNormallyTerminated;
        if (!normally && !gone_) {
            set_->abort(lock);
        }
    }
    agent_.finish(normally);
    {
        Lock lock(*set_);
        set_->header().server_closed = !gone_;
    }
    gate_.close();
    agent_gate_.close();
    gate_.wait_for_exit(0);
    agent_gate_.wait_for_exit(from_agent ? 1 : 0);
    view_.close();
    set_.reset();
    count(Counter::kServerSets, -1);
    return status;
}

void ServerEnd::die() {
    Lock lock(*set_);
    gone_ = true;
    set_->header().server_gone = true;
    // the program around a server that only plays dead lives on
    allow_buffers();
    lock.wake(set_->header().agent_work);
}

// Nothing that is under way comes back.
void ServerEnd::allow_buffers() {
    for (int i = 0; strict_ && i < set_->header().buffer_count; i++) {
        view_.allow(*set_, i);
    }
}

Dword ServerEnd::effective(Dword alignment) {
    return std::max(alignment, set_->header().decision.alignment);
}

bool ServerEnd::is_buffer(Dword size, Dword alignment) {
    const VDConfig& decision = set_->header().decision;
    return size >= 1 && size <= decision.maxTransferSize
           && (alignment == 0
               || is_power_of_two(alignment, decision.alignment, kMaxBlockSize));
}

bool ServerEnd::has_open_devices() {
    for (int d = 0; d < set_->device_count(); d++) {
        DeviceState state = set_->device(d).state;
        if (state == DeviceState::kOpen || state == DeviceState::kIoError) {
            return true;
        }
    }
    return false;
}

}  // namespace sluice
