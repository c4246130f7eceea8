// ClientDevice: commands delivered and given back, and the memory they lie in.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "arguments.h"
#include "client_end.h"
#include "settings.h"
#include "witness.h"

namespace sluice {
namespace {

constexpr std::size_t kBlockPage = 4096;
constexpr int kPoison = 0xDD;

}  // namespace

ClientDevice::ClientDevice(std::shared_ptr<ClientEnd> end, int index)
    : end_(std::move(end)), index_(index) {
    static_assert(kBlocks * sizeof(VDC_Command) <= kBlockPage);
    int memory = ::memfd_create("sluice-vdc-commands", MFD_CLOEXEC);
    if (memory < 0 || ::ftruncate(memory, kBlockPage) != 0) {
        violation("no memory for commands: %s", std::strerror(errno));
    }
    void* writable = ::mmap(nullptr, kBlockPage, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    void* readable = ::mmap(nullptr, kBlockPage, PROT_READ, MAP_SHARED, memory, 0);
    ::close(memory);
    writable_ = static_cast<VDC_Command*>(writable);
    blocks_ = static_cast<VDC_Command*>(readable);
    std::memset(writable, kPoison, kBlockPage);
    end_->add(this);
    count(Counter::kDevices);
    count(Counter::kMappings, 2);
}

ClientDevice::~ClientDevice() { release(); }

void ClientDevice::release() {
    int held = outstanding();
    if (held > 0) {
        violation("a device is released while %d fetched commands are not given back", held);
    }
    end_->remove(this);
    bury_blocks();
}

Hresult ClientDevice::get_command(std::int64_t timeout_millis, VDC_Command** command) {
    Call call(Function::kGetCommand);
    if (is_missing(command, "GetCommand", "the out pointer")) {
        return vdi::kInvalid;
    }
    *command = nullptr;
    Inside<ClientEnd> end(end_);
    if (end.none()) {
        violation("GetCommand on a device whose set is closed");
        return vdi::kProtocol;
    }
    if (call.refused()) {
        return call.status();
    }
    std::int64_t until = deadline(timeout_millis);
    if (fetching_.fetch_add(1) > 0) {
        violation("two threads are in GetCommand of one device of set \"%s\"", end->set().name());
    }
    Hresult status = vdi::kTimeout;
    {
        SharedSet& set = end->set();
        DeviceShare& device = set.device(index_);
        Lock lock(set);
        end->await(lock, device.commands, until, [&] {
            State state = end->state();
            if (state == State::kAborted || end->gate().is_closed()) {
                status = vdi::kAbort;
            } else if (state != State::kActive) {
                status = vdi::kProtocol;
            } else if (abort_ordered(set.name(), index_, fetched_ + 1, Moment::kBeforeFetch)) {
                set.abort(lock);
                status = vdi::kAbort;
            } else if (fetch(lock, command)) {
                status = vdi::kOk;
            } else if (device.state == DeviceState::kClosed && device.queue_count == 0) {
                device.close_delivered = true;
                lock.wake(set.header().changes);
                status = vdi::kClose;
            }
            return status != vdi::kTimeout;
        });
    }
    fetching_.fetch_sub(1);
    return status;
}

// Takes the head of the queue, unless it is a ClearError that has to wait (J.2, 4).
bool ClientDevice::fetch(Lock& lock, VDC_Command** command) {
    SharedSet& set = end_->set();
    DeviceShare& device = set.device(index_);
    if (device.queue_count == 0) {
        return false;
    }
    int slot_index = device.queue[device.queue_first];
    Slot& slot = device.slots[slot_index];
    bool held_back = device.state == DeviceState::kIoError && device.fetched > 0
                     && slot.code == vdi::kClearError;
    if (held_back || !end_->sync()) {
        return false;
    }
    device.queue_first = (device.queue_first + 1) % kMaxQueueDepth;
    device.queue_count--;
    device.fetched++;
    slot.stage = Stage::kFetched;
    while (states_[next_block_].holding == Holding::kFetched) {
        next_block_ = (next_block_ + 1) % kBlocks;
    }
    int block = next_block_;
    next_block_ = (next_block_ + 1) % kBlocks;
    states_[block].holding = Holding::kFetched;
    states_[block].slot = slot_index;
    states_[block].buffer = slot.buffer;
    VDC_Command& delivered = writable_[block];
    delivered.commandCode = slot.code;
    delivered.size = slot.size;
    delivered.position = slot.position;
    delivered.buffer = nullptr;
    if (slot.buffer != kNone) {
        delivered.buffer = end_->view().address(slot.buffer);
        end_->note_delivered(slot.buffer);
        if (end_->strict()) {
            end_->view().allow(set, slot.buffer);
        }
    }
    count(Counter::kOutstanding);
    count(Counter::kFetched);
    fetched_++;
    *command = blocks_ + block;
    if (abort_ordered(set.name(), index_, fetched_, Moment::kInHands)) {
        set.abort(lock);
    }
    return true;
}

int ClientDevice::block_of(const VDC_Command* command) const {
    auto offset = reinterpret_cast<std::uintptr_t>(command)
                  - reinterpret_cast<std::uintptr_t>(blocks_);
    bool ours = offset < kBlocks * sizeof(VDC_Command) && offset % sizeof(VDC_Command) == 0;
    return ours ? static_cast<int>(offset / sizeof(VDC_Command)) : kNone;
}

Hresult ClientDevice::complete_command(VDC_Command* command, Dword code, std::uint64_t bytes,
                                       std::uint64_t position) {
    Call call(Function::kCompleteCommand);
    Inside<ClientEnd> end(end_);
    if (end.none()) {
        violation("CompleteCommand on a device whose set is closed");
        return vdi::kProtocol;
    }
    if (call.refused()) {
        return call.status();
    }
    SharedSet& set = end->set();
    Lock lock(set);
    int block = block_of(command);
    bool held = block != kNone && states_[block].holding == Holding::kFetched;
    if (!held) {
        violation("CompleteCommand of set \"%s\": %s", set.name(),
                  block == kNone ? "the command is not one of this device"
                                 : "the command is completed already");
    }
    if (held && abort_ordered(set.name(), index_, completed_ + 1, Moment::kAtCompletion)) {
        set.abort(lock);
    }
    State state = end->state();
    if (state == State::kAborted) {
        if (held) {
            give_back(block);
        }
        return vdi::kAbort;
    }
    if (state != State::kActive) {
        return vdi::kProtocol;
    }
    if (!held) {
        return vdi::kInvalid;
    }
    const Slot& slot = set.device(index_).slots[states_[block].slot];
    Dword most = vdi::has_buffer(slot.code) ? slot.size : 0;
    if (bytes > most) {
        violation("CompleteCommand of command %u: %llu bytes transferred of %u", slot.code,
                  static_cast<unsigned long long>(bytes), most);
        return vdi::kInvalid;
    }
    if ((code & 0x80000000) != 0) {
        violation("CompleteCommand: completion code 0x%08X is an HRESULT, no Win32 code", code);
    }
    return complete(lock, block, code, static_cast<Dword>(bytes), position);
}

Hresult ClientDevice::complete(Lock& lock, int block, Dword code, Dword bytes,
                               std::uint64_t position) {
    SharedSet& set = end_->set();
    DeviceShare& device = set.device(index_);
    int slot = states_[block].slot;
    bool clear_error = device.slots[slot].code == vdi::kClearError;
    give_back(block);
    device.fetched--;
    set.finish(lock, index_, slot, code, bytes, position);
    if (code != vdi::kSuccess && device.state == DeviceState::kOpen) {
        device.state = DeviceState::kIoError;
        set.flush_queue(lock, index_, vdi::kIoDevice);
    } else if (code == vdi::kSuccess && clear_error) {
        device.state = DeviceState::kOpen;
    }
    if (device.fetched == 0 && device.queue_count > 0) {
        lock.wake(device.commands, 1);
    }
    return vdi::kOk;
}

void ClientDevice::give_back(int block) {
    Block& state = states_[block];
    if (end_->strict() && state.buffer != kNone) {
        end_->view().forbid(end_->set(), state.buffer);
    }
    std::memset(&writable_[block], kPoison, sizeof(VDC_Command));
    state.holding = Holding::kGivenBack;
    completed_++;
    count(Counter::kOutstanding, -1);
    count(Counter::kCompleted);
}

int ClientDevice::outstanding() const {
    return static_cast<int>(std::count_if(states_, states_ + kBlocks, [](const Block& block) {
        return block.holding == Holding::kFetched;
    }));
}

void ClientDevice::bury_blocks() {
    if (writable_ == nullptr) {
        return;
    }
    count(Counter::kOutstanding, -outstanding());
    for (Block& block : states_) {
        block.holding = Holding::kFree;
    }
    ::munmap(writable_, kBlockPage);
    bury(blocks_, kBlockPage);
    writable_ = nullptr;
    count(Counter::kDevices, -1);
    count(Counter::kMappings, -2);
}

}  // namespace sluice
