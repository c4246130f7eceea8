#include "client_end.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "buffer_view.h"
#include "settings.h"
#include "witness.h"

namespace sluice {
namespace {

constexpr std::size_t kBlockPage = 4096;
constexpr int kPoison = 0xDD;

bool is_power_of_two(Dword value) { return value != 0 && (value & (value - 1)) == 0; }

bool is_misaligned(const void* address, std::size_t alignment) {
    return reinterpret_cast<std::uintptr_t>(address) % alignment != 0;
}

// An out pointer must not be null; a null one is the caller's mistake.
bool is_missing(const void* pointer, const char* function, const char* what) {
    if (pointer == nullptr) {
        violation("%s: %s is NULL", function, what);
    }
    return pointer == nullptr;
}

bool is_bad_configuration(const VDConfig* configuration, const char* function) {
    if (is_missing(configuration, function, "the VDConfig")) {
        return true;
    }
    if (is_misaligned(configuration, alignof(VDConfig))) {
        violation("%s: the VDConfig is not aligned to %zu bytes", function, alignof(VDConfig));
        return true;
    }
    return false;
}

}  // namespace

std::string request_finding(const VDConfig& request) {
    constexpr Dword kServerBits = vdi::kWriteMedia | vdi::kReadMedia | vdi::kCompleteEnabled;
    constexpr Dword kPipeExtras = vdi::kRemovable | vdi::kDiscard | vdi::kSnapshotPrepare
                                  | vdi::kEnumFrozenFiles | vdi::kVssWriter
                                  | vdi::kRequestComplete;
    Dword kind = request.features & ~kPipeExtras;
    if (request.deviceCount < 1 || request.deviceCount > kMaxDevices) {
        return "deviceCount is not 1 to 64";
    }
    if ((request.features & kServerBits) != 0) {
        return "features contain bits of the server";
    }
    if (kind != 0 && kind != vdi::kRandomAccess && kind != (vdi::kLikeTape & ~kPipeExtras)) {
        return "features are neither pipe-like nor disk-like nor tape-like";
    }
    if (request.alignment != 0
        && (!is_power_of_two(request.alignment) || request.alignment > kMaxBlockSize)) {
        return "alignment is not 0 or a power of two up to 65536";
    }
    if (request.prefixZoneSize > INT32_MAX || request.softFileMarkBlockSize > INT32_MAX
        || request.EOMWarningSize > INT32_MAX || request.serverTimeOut > INT32_MAX) {
        return "a size or the time-out is beyond 31 bits";
    }
    if (request.softFileMarkBlockSize != 0 && (request.features & vdi::kFileMarks) == 0) {
        return "softFileMarkBlockSize without VDF_FileMarks";
    }
    return "";
}

bool is_valid_name(const std::string& name) {
    auto is_start = [](unsigned char c) { return (c & 0xC0) != 0x80; };
    return !name.empty() && name.find('\\') == std::string::npos
           && std::count_if(name.begin(), name.end(), is_start) <= 260
           && name.size() <= kMaxNameBytes;
}

// One client object's part in a set, from Create or secondary open to Close.
class ClientEnd {
public:
    ClientEnd(SharedSet* set, bool primary) : set_(set), primary_(primary) {
        Lock lock(*set_);
        id_ = ++set_->header().clients;
        state_ = primary ? State::kConfigurable : State::kInitializing;
        strict_ = settings().strict_buffers;
        count(Counter::kSets);
    }

    SharedSet& set() { return *set_; }
    BufferView& view() { return view_; }
    int id() const { return id_; }
    bool strict() const { return strict_; }
    bool is_closed() const { return closed_.load(); }

    // With the lock held.
    State state() {
        if (set_->header().aborted) {
            return State::kAborted;
        }
        bool ended = state_ == State::kActive && set_->all_ends_seen();
        return ended ? State::kNormallyTerminated : state_;
    }

    void move(State next) { state_ = next; }

    bool sync() { return view_.sync(*set_, strict_); }

    // Tries something until it says so or the time is over; the attempt runs with the lock held.
    // Returns false at the deadline.
    template <typename Attempt>
    bool await(Lock& lock, Event& event, std::int64_t until, Attempt attempt) {
        while (true) {
            set_->look_for_the_dead(lock);
            if (attempt()) {
                return true;
            }
            if (until != kNever && now() >= until) {
                return false;
            }
            lock.wait(event, until);
        }
    }

    Hresult configuration(std::int64_t timeout_millis, VDConfig* configuration) {
        std::int64_t until = deadline(timeout_millis);
        Lock lock(*set_);
        Header& header = set_->header();
        Hresult status = vdi::kTimeout;
        await(lock, header.changes, until, [&] {
            if (state() == State::kAborted || closed_) {
                status = vdi::kAbort;
            } else if (header.configured) {
                status = vdi::kOk;
            }
            return status != vdi::kTimeout;
        });
        if (status == vdi::kOk) {
            *configuration = header.decision;
            state_ = state_ == State::kConfigurable ? State::kInitializing : state_;
            header.primary_ready |= primary_;
        }
        return status;
    }

    Hresult open(const std::string& name, int& device) {
        Lock lock(*set_);
        Header& header = set_->header();
        Hresult status = vdi::kTimeout;
        await(lock, header.changes, kNever, [&] {
            status = try_open(name, device);
            return status != vdi::kTimeout;
        });
        return status;
    }

    void noted(ClientDevice* device) {
        std::lock_guard<std::mutex> lock(mutex_);
        devices_.insert(device);
    }

    void forgotten(ClientDevice* device) {
        std::lock_guard<std::mutex> lock(mutex_);
        devices_.erase(device);
    }

    void delivered(int buffer) {
        if (delivered_.size() <= static_cast<std::size_t>(buffer)) {
            delivered_.resize(buffer + 1);
        }
        delivered_[buffer] = true;
    }

    Hresult handle_of(const std::uint8_t* buffer, Dword* handle) {
        Lock lock(*set_);
        int found = view_.find(buffer);
        if (state_ == State::kConfigurable) {
            return vdi::kProtocol;
        }
        if (found == kNone || static_cast<std::size_t>(found) >= delivered_.size()
            || !delivered_[found]) {
            return vdi::kInvalid;
        }
        set_->buffer(found).named = true;
        *handle = set_->header().handle_tag << 16 | static_cast<Dword>(found);
        return vdi::kOk;
    }

    Hresult map(Dword handle, std::uint8_t** buffer) {
        Lock lock(*set_);
        Header& header = set_->header();
        if (state_ == State::kConfigurable) {
            return vdi::kProtocol;
        }
        int index = static_cast<int>(handle & 0xFFFF);
        if (handle >> 16 != header.handle_tag || index >= header.buffer_count
            || !set_->buffer(index).named) {
            return vdi::kInvalid;
        }
        if (!sync()) {
            return vdi::kMemory;
        }
        if (strict_) {
            view_.allow(*set_, index);
        }
        *buffer = view_.address(index);
        return vdi::kOk;
    }

    void abort() {
        Lock lock(*set_);
        set_->abort(lock);
    }

    Hresult close() {
        int others = inside_.load();
        if (others > 0) {
            violation("Close of set \"%s\" while %d threads are inside calls", set_->name(),
                      others);
        }
        Hresult status = vdi::kOk;
        {
            Lock lock(*set_);
            check_outstanding();
            bool open = has_open_devices();
            status = state() == State::kActive && open ? vdi::kOpen : vdi::kOk;
            if (primary_ ? !set_->all_ends_seen() : open) {
                set_->abort(lock);
            }
            set_->header().primary_closed |= primary_;
            closed_ = true;
            lock.wake(set_->header().changes);
            for (int d = 0; d < set_->device_count(); d++) {
                lock.wake(set_->device(d).commands);
            }
        }
        if (primary_) {
            set_->unlink();
        }
        std::unique_lock<std::mutex> lock(mutex_);
        left_.wait(lock, [&] { return inside_ == 0; });
        count(Counter::kDevicesDroppedAtClose, static_cast<std::int64_t>(devices_.size()));
        for (ClientDevice* device : devices_) {
            device->bury_blocks();
        }
        devices_.clear();
        view_.close();
        set_.reset();
        count(Counter::kSets, -1);
        return status;
    }

    void enter() { inside_++; }

    void leave() {
        if (--inside_ == 0 && closed_) {
            std::lock_guard<std::mutex> lock(mutex_);
            left_.notify_all();
        }
    }

private:
    Hresult try_open(const std::string& name, int& device) {
        State now_in = state();
        if (now_in == State::kAborted || closed_) {
            return vdi::kAbort;
        }
        if (now_in != State::kInitializing && now_in != State::kActive) {
            return vdi::kProtocol;
        }
        bool any_unopened_here = false;
        bool any_unopened_there = false;
        for (int d = 0; d < set_->device_count(); d++) {
            any_unopened_here |= set_->device(d).client == 0;
            any_unopened_there |= set_->device(d).state == DeviceState::kUnopened;
        }
        if (!any_unopened_here) {
            return vdi::kOpen;
        }
        device = set_->find_device(name);
        if (device == kNone) {
            return any_unopened_there ? vdi::kTimeout : vdi::kInvalid;
        }
        if (set_->device(device).client != 0) {
            return vdi::kProtocol;
        }
        set_->device(device).client = id_;
        state_ = State::kActive;
        return vdi::kOk;
    }

    bool has_open_devices() {
        for (int d = 0; d < set_->device_count(); d++) {
            if (set_->device(d).client == id_ && !set_->device(d).close_delivered) {
                return true;
            }
        }
        return false;
    }

    void check_outstanding() {
        std::lock_guard<std::mutex> lock(mutex_);
        int outstanding = 0;
        for (ClientDevice* device : devices_) {
            outstanding += device->outstanding();
        }
        if (outstanding > 0) {
            count(Counter::kClosesWithOutstanding);
            violation("Close of set \"%s\" while %d fetched commands are not given back",
                      set_->name(), outstanding);
        }
    }

    std::unique_ptr<SharedSet> set_;
    bool primary_;
    bool strict_;
    int id_;
    State state_;
    BufferView view_;
    std::vector<bool> delivered_;
    std::atomic<bool> closed_{false};
    std::atomic<int> inside_{0};
    std::mutex mutex_;
    std::condition_variable left_;
    std::set<ClientDevice*> devices_;
};

namespace {

// Keeps an end from being unmapped during a call.
class Inside {
public:
    explicit Inside(std::shared_ptr<ClientEnd> end) : end_(std::move(end)) {
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
    ClientEnd* operator->() { return end_.get(); }

private:
    std::shared_ptr<ClientEnd> end_;
    bool closed_ = false;
};

}  // namespace

// ---- ClientDevice

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
    end_->noted(this);
    count(Counter::kDevices);
    count(Counter::kMappings, 2);
}

ClientDevice::~ClientDevice() { release(); }

void ClientDevice::release() {
    int held = outstanding();
    if (held > 0) {
        violation("a device is released while %d fetched commands are not given back", held);
    }
    end_->forgotten(this);
    bury_blocks();
}

Hresult ClientDevice::get_command(std::int64_t timeout_millis, VDC_Command** command) {
    Call call(Function::kGetCommand);
    if (is_missing(command, "GetCommand", "the out pointer")) {
        return vdi::kInvalid;
    }
    *command = nullptr;
    Inside end(end_);
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
            if (state == State::kAborted || end->is_closed()) {
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
        end_->delivered(slot.buffer);
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
    Inside end(end_);
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
    if (code != vdi::kSuccess) {
        device.state = device.state == DeviceState::kOpen ? DeviceState::kIoError : device.state;
        set.flush_queue(lock, index_, vdi::kIoDevice);
    } else if (clear_error && device.state == DeviceState::kIoError) {
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

// ---- ClientSet

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
    if (!request_finding(*request).empty()) {
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
    Inside inside(end());
    return inside.none() ? vdi::kProtocol : inside->configuration(timeout_millis, configuration);
}

Hresult ClientSet::open_device(const std::string& name, ClientDevice** device) {
    Call call(Function::kOpenDevice);
    *device = nullptr;
    if (call.refused()) {
        return call.status();
    }
    std::shared_ptr<ClientEnd> end = this->end();
    Inside inside(end);
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
    Inside inside(end());
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
    Inside inside(end());
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
    Inside inside(end());
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
