// A device set in POSIX shared memory: what its ends, in one process or several, have in common.
//
//   /dev/shm/sluice-vdi-<uid>-<hash of instance and name>
//   | Header | DeviceShare 0 ... n-1 | BufferShare 0 ... | buffers, as the server asks for them |
//
// Everything before the buffers is guarded by one robust mutex in the header; nothing there is a
// pointer, since every end maps the memory at an address of its own. Waiting is built on futexes
// and not on condition variables, which a killed process can leave unusable.
#pragma once

#include <pthread.h>
#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "platform.h"
#include "vdi_abi.h"

namespace sluice {

constexpr int kMaxDevices = 64;
constexpr int kMaxQueueDepth = 64;
// a device's commands, with those that wait for their routine
constexpr int kSlots = 256;
constexpr int kMaxBuffers = 4096;
constexpr int kMaxExtents = 64;
constexpr int kMaxNameBytes = 260 * 3;
constexpr Dword kMaxBlockSize = 65536;
constexpr Dword kTransferUnit = 65536;
constexpr Dword kMaxTransferSize = 4194304;
constexpr Dword kMaxIoDepth = 4;
// of the areas buffers lie in: the largest alignment there is
constexpr std::size_t kAreaUnit = 65536;
constexpr int kNone = -1;

// Something threads wait for, in any process.
struct Event {
    std::atomic<std::uint32_t> sequence;
    std::atomic<std::uint32_t> waiters;
};

enum class Stage : std::int32_t {
    kIdle,
    kQueued,
    kFetched,
    kDone,
    // aborted in the client's hands: the server is answered, the client still has the buffer
    kOrphaned,
};

// One command on its way from the server to the client and back.
struct Slot {
    Stage stage;
    Dword code;
    Dword size;
    std::uint64_t position;
    std::int32_t buffer;
    std::uint64_t server_command;
    Dword completion;
    Dword bytes;
    std::uint64_t out_position;
    std::int32_t next_done;
};

enum class DeviceState : std::int32_t { kUnopened, kOpen, kIoError, kClosed };

struct DeviceShare {
    DeviceState state;
    char name[kMaxNameBytes + 1];
    // which client end opened it, or 0
    std::int32_t client;
    bool close_delivered;
    std::int32_t fetched;
    std::int32_t queue_first;
    std::int32_t queue_count;
    // sent and not completed
    std::int32_t uncompleted;
    std::int32_t next_slot;
    std::int32_t queue[kMaxQueueDepth];
    Slot slots[kSlots];
    Event commands;
    std::atomic<std::uint64_t> sent;
    std::atomic<std::uint64_t> called_back;
};

enum class Holder : std::int32_t { kFree, kServer, kTravelling };

struct BufferShare {
    // where the data begins and the pages that hold prefix and data, as offsets in the memory
    std::uint64_t data;
    std::uint64_t begin;
    std::uint64_t end;
    Dword capacity;
    Dword alignment;
    Dword allocated;
    Holder holder;
    bool named;
};

struct Extent {
    std::uint64_t begin;
    std::uint64_t end;
    std::int32_t first_buffer;
    std::int32_t buffers;
};

enum class State : std::int32_t {
    kDoesNotExist,
    kConnected,
    kConfigurable,
    kInitializing,
    kActive,
    kNormallyTerminated,
    kAborted,
};

struct Header {
    std::uint64_t magic;
    Process primary;
    pthread_mutex_t mutex;
    char name[2 * kMaxNameBytes + 2];
    Event changes;
    Event agent_work;

    VDConfig request;
    VDConfig decision;
    std::int32_t queue_depth;
    bool configured;
    bool aborted;
    bool primary_closed;
    // the primary has its configuration, so that secondaries may join
    bool primary_ready;
    std::int32_t clients;
    std::uint32_t handle_tag;

    Process server;
    bool server_attached;
    bool server_closed;
    // in-process stand-in for a killed server process
    bool server_gone;
    State server_state;
    bool agent_running;

    std::int32_t first_done;
    std::int32_t last_done;

    // serverTimeOut: commands without completion, and when the last one completed
    std::int32_t pending;
    std::int64_t last_progress;

    std::uint64_t memory_size;
    std::int32_t extent_count;
    Extent extents[kMaxExtents];
    std::int32_t buffer_count;
};

// Holds a set's mutex. Threads to wake are woken after it is let go.
class Lock {
public:
    explicit Lock(class SharedSet& set);
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    void wake(Event& event, int threads = INT32_MAX);
    // Lets go of the mutex until the event, the deadline or, at the latest, a slice of time.
    void wait(Event& event, std::int64_t until);

private:
    void acquire();
    void release();

    static constexpr int kWakesKept = 4;
    class SharedSet& set_;
    Event* events_[kWakesKept];
    int threads_[kWakesKept];
    int wakes_ = 0;
};

// One end's mapping of a set's shared memory but the buffers.
class SharedSet {
public:
    ~SharedSet();
    SharedSet(const SharedSet&) = delete;
    SharedSet& operator=(const SharedSet&) = delete;

    // Makes a set and gives it its name. VD_E_PROTOCOL when the name is taken.
    static Hresult create(const std::string& instance, const std::string& name,
                          const VDConfig& request, int queue_depth, SharedSet** set);
    // Finds a set whose primary client lives; null when there is none.
    static SharedSet* attach(const std::string& instance, const std::string& name);

    Header& header() { return *header_; }
    DeviceShare& device(int index) { return devices_[index]; }
    int device_count() const { return device_count_; }
    BufferShare& buffer(int index) { return buffers_[index]; }
    int file() const { return file_; }
    const char* name() const;
    // Whether the file's permissions let the group read and write.
    bool group_may_access() const;

    // All below: with the lock held.

    void abort(Lock& lock);
    // Aborts when the server's process or the primary client's is gone; looks only now and then.
    void look_for_the_dead(Lock& lock);
    void append_done(int device, int slot);
    int find_device(const std::string& name);
    bool all_closed_by_server();
    bool all_ends_seen();
    // Marks a command as answered and hands it to the agent.
    void finish(Lock& lock, int device, int slot, Dword code, Dword bytes, std::uint64_t position);
    // Answers every command that waits in a device's queue.
    void flush_queue(Lock& lock, int device, Dword code);
    void recycle(int device, int slot);
    void note_sent();
    // Adds buffers of each request; all or none.
    struct BufferRequest {
        Dword size;
        Dword alignment;
        Dword count;
    };
    bool extend(const std::vector<BufferRequest>& requests);

    // Takes the name away; the memory lives as long as somebody maps it.
    void unlink();

private:
    friend class Lock;

    SharedSet(int file, std::string path, void* memory);
    void note_completed();
    // Makes queues and lists whole again and aborts: the owner of the mutex died in the middle of
    // something.
    void recover(Lock& lock);

    int file_;
    std::string path_;
    Header* header_;
    DeviceShare* devices_;
    BufferShare* buffers_;
    int device_count_;
    std::size_t mapped_;
    std::atomic<std::int64_t> next_look_{0};
};

}  // namespace sluice
