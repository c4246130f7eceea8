#include "shared_set.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <new>

#include "witness.h"

namespace sluice {
namespace {

constexpr std::uint64_t kMagic = 0x53564449'00000001;
constexpr std::int64_t kSlice = 100 * kMillisecond;
constexpr const char* kFolder = "/dev/shm";

std::uint64_t round_up(std::uint64_t value, std::uint64_t unit) {
    return (value + unit - 1) / unit * unit;
}

std::uint64_t round_down(std::uint64_t value, std::uint64_t unit) { return value / unit * unit; }

std::size_t devices_offset() { return round_up(sizeof(Header), 64); }

std::size_t buffers_offset(int devices) {
    return round_up(devices_offset() + devices * sizeof(DeviceShare), 64);
}

std::size_t control_size(int devices) {
    return round_up(buffers_offset(devices) + kMaxBuffers * sizeof(BufferShare), kAreaUnit);
}

void futex_wait(Event& event, std::uint32_t expected, std::int64_t nanos) {
    timespec limit = {nanos / 1000000000, nanos % 1000000000};
    syscall(SYS_futex, &event.sequence, FUTEX_WAIT, expected, &limit, nullptr, 0);
}

void futex_wake(Event& event, int threads) {
    syscall(SYS_futex, &event.sequence, FUTEX_WAKE, threads, nullptr, nullptr, 0);
}

std::string full_name(const std::string& instance, const std::string& name) {
    return instance + '\n' + name;
}

std::string path_prefix() {
    return std::string(kFolder) + "/sluice-vdi-" + std::to_string(::getuid()) + '-';
}

std::string path_of(const std::string& full) {
    std::uint64_t hash = 14695981039346656037u;
    for (unsigned char c : full) {
        hash = (hash ^ c) * 1099511628211u;
    }
    char digits[32];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
    return path_prefix() + digits;
}

bool same_file(int file, const std::string& path) {
    struct stat open_file;
    struct stat named_file;
    return ::fstat(file, &open_file) == 0 && ::stat(path.c_str(), &named_file) == 0
           && open_file.st_ino == named_file.st_ino && open_file.st_dev == named_file.st_dev;
}

// Whether the set of an open file still has its primary client.
bool has_living_primary(int file) {
    std::uint64_t magic = 0;
    Process primary = {};
    static_assert(offsetof(Header, primary) == sizeof magic);
    return ::pread(file, &magic, sizeof magic, 0) == sizeof magic && magic == kMagic
           && ::pread(file, &primary, sizeof primary, sizeof magic) == sizeof primary
           && primary.alive();
}

// Removes what a dead primary client left under a name; false when the name is in use.
bool remove_leftover(const std::string& path) {
    int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return errno == ENOENT;
    }
    ::flock(file, LOCK_EX);
    // another process may have replaced it while this one waited
    bool current = same_file(file, path);
    bool alive = has_living_primary(file);
    if (current && !alive) {
        ::unlink(path.c_str());
    }
    ::close(file);
    return !current || !alive;
}

// Removes what processes that were killed left behind under any name, once per process.
void sweep_leftovers() {
    static std::once_flag once;
    std::call_once(once, [] {
        std::string prefix = path_prefix();
        DIR* folder = ::opendir(kFolder);
        while (const dirent* entry = folder == nullptr ? nullptr : ::readdir(folder)) {
            std::string path = std::string(kFolder) + '/' + entry->d_name;
            if (path.compare(0, prefix.size(), prefix) == 0) {
                remove_leftover(path);
            }
        }
        if (folder != nullptr) {
            ::closedir(folder);
        }
    });
}

// Gives a part of a file memory; false when there is none.
bool allocate(int file, std::uint64_t begin, std::uint64_t end) {
    int error;
    do {
        error = ::posix_fallocate(file, static_cast<off_t>(begin), static_cast<off_t>(end - begin));
    } while (error == EINTR);
    return error == 0;
}

void initialize_mutex(pthread_mutex_t& mutex) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&mutex, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

void initialize(void* memory, const std::string& full, const VDConfig& request, int queue_depth) {
    Header& header = *new (memory) Header();
    header.primary = Process::self();
    initialize_mutex(header.mutex);
    std::snprintf(header.name, sizeof header.name, "%s", full.c_str());
    header.request = request;
    header.queue_depth = queue_depth;
    header.handle_tag = (::getpid() ^ static_cast<std::uint32_t>(now() >> 10)) % 0x7FFF + 1;
    header.first_done = kNone;
    header.last_done = kNone;
    int devices = static_cast<int>(request.deviceCount);
    header.memory_size = control_size(devices);
    char* base = static_cast<char*>(memory);
    for (int i = 0; i < devices; i++) {
        new (base + devices_offset() + i * sizeof(DeviceShare)) DeviceShare();
    }
    header.magic = kMagic;
}

}  // namespace

// ---- Lock

Lock::Lock(SharedSet& set) : set_(set) { acquire(); }

Lock::~Lock() { release(); }

void Lock::acquire() {
    pthread_mutex_t& mutex = set_.header().mutex;
    if (pthread_mutex_lock(&mutex) == EOWNERDEAD) {
        pthread_mutex_consistent(&mutex);
        set_.recover(*this);
    }
}

void Lock::release() {
    pthread_mutex_unlock(&set_.header().mutex);
    for (int i = 0; i < wakes_; i++) {
        futex_wake(*events_[i], threads_[i]);
    }
    wakes_ = 0;
}

void Lock::wake(Event& event, int threads) {
    event.sequence.fetch_add(1);
    if (event.waiters.load() == 0) {
        return;
    }
    if (wakes_ == kWakesKept) {
        futex_wake(event, threads);
        return;
    }
    events_[wakes_] = &event;
    threads_[wakes_++] = threads;
}

void Lock::wait(Event& event, std::int64_t until) {
    std::int64_t time = std::min(until - now(), kSlice);
    if (time <= 0) {
        return;
    }
    std::uint32_t seen = event.sequence.load();
    event.waiters.fetch_add(1);
    release();
    futex_wait(event, seen, time);
    acquire();
    event.waiters.fetch_sub(1);
}

// ---- SharedSet

SharedSet::SharedSet(int file, std::string path, void* memory)
    : file_(file), path_(std::move(path)), header_(static_cast<Header*>(memory)) {
    char* base = static_cast<char*>(memory);
    device_count_ = static_cast<int>(header_->request.deviceCount);
    devices_ = reinterpret_cast<DeviceShare*>(base + devices_offset());
    buffers_ = reinterpret_cast<BufferShare*>(base + buffers_offset(device_count_));
    mapped_ = control_size(device_count_);
    count(Counter::kFiles);
    count(Counter::kMappings);
    count(Counter::kMappedBytes, static_cast<std::int64_t>(mapped_));
}

SharedSet::~SharedSet() {
    bury(header_, mapped_);
    ::close(file_);
    count(Counter::kFiles, -1);
    count(Counter::kMappings, -1);
    count(Counter::kMappedBytes, -static_cast<std::int64_t>(mapped_));
}

Hresult SharedSet::create(const std::string& instance, const std::string& name,
                          const VDConfig& request, int queue_depth, SharedSet** set) {
    std::string full = full_name(instance, name);
    std::string path = path_of(full);
    sweep_leftovers();
    // a nameless file first, so that nobody sees a set that is half made
    int file = ::open(kFolder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0660);
    if (file < 0) {
        return errno == EACCES ? vdi::kSecurity : vdi::kUnexpected;
    }
    std::size_t size = control_size(static_cast<int>(request.deviceCount));
    void* memory = MAP_FAILED;
    if (allocate(file, 0, size)) {
        memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    }
    if (memory == MAP_FAILED) {
        ::close(file);
        return vdi::kMemory;
    }
    initialize(memory, full, request, queue_depth);
    auto* made = new SharedSet(file, path, memory);
    char nameless[64];
    std::snprintf(nameless, sizeof nameless, "/proc/self/fd/%d", file);
    while (::linkat(AT_FDCWD, nameless, AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) != 0) {
        if (errno != EEXIST || !remove_leftover(path)) {
            delete made;
            return vdi::kProtocol;
        }
    }
    *set = made;
    return vdi::kOk;
}

SharedSet* SharedSet::attach(const std::string& instance, const std::string& name) {
    std::string full = full_name(instance, name);
    std::string path = path_of(full);
    int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return nullptr;
    }
    VDConfig request = {};
    if (!has_living_primary(file)
        || ::pread(file, &request, sizeof request, offsetof(Header, request)) != sizeof request) {
        ::close(file);
        return nullptr;
    }
    std::size_t size = control_size(static_cast<int>(request.deviceCount));
    void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) {
        ::close(file);
        return nullptr;
    }
    auto* found = new SharedSet(file, path, memory);
    if (full != found->header().name) {
        delete found;
        return nullptr;
    }
    return found;
}

const char* SharedSet::name() const { return std::strchr(header_->name, '\n') + 1; }

bool SharedSet::group_may_access() const {
    struct stat status;
    constexpr mode_t kGroup = S_IRGRP | S_IWGRP;
    return ::fstat(file_, &status) == 0 && (status.st_mode & kGroup) == kGroup;
}

void SharedSet::unlink() {
    if (same_file(file_, path_)) {
        ::unlink(path_.c_str());
    }
}

void SharedSet::abort(Lock& lock) {
    Header& header = *header_;
    if (header.aborted) {
        return;
    }
    header.aborted = true;
    for (int d = 0; d < device_count_; d++) {
        DeviceShare& device = devices_[d];
        for (int s = 0; s < kSlots; s++) {
            Slot& slot = device.slots[s];
            if (slot.stage == Stage::kFetched) {
                slot.stage = Stage::kOrphaned;
                slot.completion = vdi::kOperationAborted;
                slot.bytes = 0;
                slot.out_position = 0;
                note_completed();
                append_done(d, s);
            }
        }
        flush_queue(lock, d, vdi::kOperationAborted);
        lock.wake(device.commands);
    }
    lock.wake(header.agent_work);
    lock.wake(header.changes);
}

void SharedSet::recover(Lock& lock) {
    if (header_->aborted) {
        return;
    }
    header_->first_done = kNone;
    header_->last_done = kNone;
    for (int d = 0; d < device_count_; d++) {
        DeviceShare& device = devices_[d];
        device.queue_first = 0;
        device.queue_count = 0;
        for (int s = 0; s < kSlots; s++) {
            bool queued = device.slots[s].stage == Stage::kQueued;
            if (queued && device.queue_count < kMaxQueueDepth) {
                device.queue[device.queue_count++] = s;
            } else if (device.slots[s].stage == Stage::kDone) {
                append_done(d, s);
            }
        }
    }
    abort(lock);
}

void SharedSet::look_for_the_dead(Lock& lock) {
    std::int64_t time = now();
    std::int64_t due = next_look_.load();
    if (header_->aborted || time < due || !next_look_.compare_exchange_strong(due, time + kSlice)) {
        return;
    }
    Header& header = *header_;
    bool server_died = header.server_attached && !header.server_closed
                       && (header.server_gone || !header.server.alive());
    if (server_died || (!header.primary_closed && !header.primary.alive())) {
        abort(lock);
    }
}

void SharedSet::append_done(int device, int slot) {
    Header& header = *header_;
    int entry = device * kSlots + slot;
    devices_[device].slots[slot].next_done = kNone;
    if (header.last_done == kNone) {
        header.first_done = entry;
    } else {
        devices_[header.last_done / kSlots]
            .slots[header.last_done % kSlots]
            .next_done = entry;
    }
    header.last_done = entry;
}

int SharedSet::find_device(const std::string& name) {
    for (int d = 0; d < device_count_; d++) {
        if (devices_[d].state != DeviceState::kUnopened && name == devices_[d].name) {
            return d;
        }
    }
    return kNone;
}

bool SharedSet::all_closed_by_server() {
    return std::all_of(devices_, devices_ + device_count_,
                       [](DeviceShare& d) { return d.state == DeviceState::kClosed; });
}

bool SharedSet::all_ends_seen() {
    return std::all_of(devices_, devices_ + device_count_,
                       [](DeviceShare& d) { return d.close_delivered; });
}

void SharedSet::finish(Lock& lock, int device, int slot, Dword code, Dword bytes,
                       std::uint64_t position) {
    Slot& answered = devices_[device].slots[slot];
    answered.completion = code;
    answered.bytes = bytes;
    answered.out_position = position;
    // last, for recover()
    std::atomic_signal_fence(std::memory_order_seq_cst);
    answered.stage = Stage::kDone;
    devices_[device].uncompleted--;
    note_completed();
    append_done(device, slot);
    lock.wake(header_->agent_work);
}

void SharedSet::flush_queue(Lock& lock, int device, Dword code) {
    DeviceShare& share = devices_[device];
    while (share.queue_count > 0) {
        int slot = share.queue[share.queue_first];
        share.queue_first = (share.queue_first + 1) % kMaxQueueDepth;
        share.queue_count--;
        finish(lock, device, slot, code, 0, 0);
    }
}

void SharedSet::recycle(int device, int slot) {
    Slot& used = devices_[device].slots[slot];
    if (used.buffer != kNone) {
        buffers_[used.buffer].holder = Holder::kServer;
    }
    used.stage = Stage::kIdle;
}

void SharedSet::note_sent() {
    if (header_->pending++ == 0 && header_->request.serverTimeOut != 0) {
        header_->last_progress = now();
    }
}

void SharedSet::note_completed() {
    header_->pending--;
    if (header_->request.serverTimeOut != 0) {
        header_->last_progress = now();
    }
}

bool SharedSet::extend(const std::vector<BufferRequest>& requests) {
    Header& header = *header_;
    std::uint64_t begin = round_up(header.memory_size, kAreaUnit);
    std::uint64_t cursor = begin;
    std::uint64_t page = page_size();
    int added = 0;
    for (const BufferRequest& request : requests) {
        for (Dword i = 0; i < request.count; i++) {
            if (header.buffer_count + added == kMaxBuffers) {
                return false;
            }
            BufferShare& buffer = buffers_[header.buffer_count + added++];
            Dword prefix = header.request.prefixZoneSize;
            buffer = BufferShare();
            buffer.data = round_up(cursor + prefix, request.alignment);
            buffer.begin = round_down(buffer.data - prefix, page);
            buffer.end = round_up(buffer.data + request.size, page);
            buffer.capacity = request.size;
            buffer.alignment = request.alignment;
            // an empty page follows each buffer
            cursor = buffer.end + page;
        }
    }
    // the size of the area is told in 32 bits
    if (header.extent_count == kMaxExtents || cursor - control_size(device_count_) > INT32_MAX) {
        return false;
    }
    for (int i = 0; i < added; i++) {
        const BufferShare& buffer = buffers_[header.buffer_count + i];
        if (!allocate(file_, buffer.begin, buffer.end)) {
            if (::ftruncate(file_, static_cast<off_t>(header.memory_size)) != 0) {
                violation("shared memory cannot be shortened: %s", std::strerror(errno));
            }
            return false;
        }
    }
    header.extents[header.extent_count++] = {begin, cursor, header.buffer_count, added};
    header.buffer_count += added;
    header.memory_size = cursor;
    header.decision.bufferAreaSize =
        static_cast<Dword>(cursor - control_size(device_count_));
    return true;
}

}  // namespace sluice
