#include "platform.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <deque>
#include <mutex>

namespace sluice {
namespace {

constexpr std::size_t kGraves = 512;

// State and start of a process as /proc tells them; false when there is none.
bool read_stat(std::int32_t pid, char& state, std::uint64_t& started) {
    char path[64];
    std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    char text[1024];
    ssize_t length = ::read(file, text, sizeof text - 1);
    ::close(file);
    if (length <= 0) {
        return false;
    }
    text[length] = 0;
    // the name in parentheses may contain anything
    const char* after_name = std::strrchr(text, ')');
    unsigned long long ticks = 0;
    constexpr const char* kFields =
        " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu";
    if (after_name == nullptr || std::sscanf(after_name + 1, kFields, &state, &ticks) != 2) {
        return false;
    }
    started = ticks;
    return true;
}

struct Grave {
    void* memory;
    std::size_t length;
};

}  // namespace

std::int64_t now() {
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

std::int64_t deadline(std::int64_t millis) {
    bool never = millis < 0 || millis > kNever / kMillisecond / 2;
    return never ? kNever : now() + millis * kMillisecond;
}

Process Process::self() {
    Process self = {::getpid(), 0};
    char state;
    read_stat(self.pid, state, self.started);
    return self;
}

bool Process::alive() const {
    char state = 0;
    std::uint64_t found = 0;
    return read_stat(pid, state, found) && found == started && state != 'Z' && state != 'X';
}

void bury(void* memory, std::size_t length) {
    static std::mutex& mutex = *new std::mutex();
    static std::deque<Grave>& graves = *new std::deque<Grave>();
    ::mmap(memory, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1,
           0);
    std::lock_guard<std::mutex> lock(mutex);
    graves.push_back({memory, length});
    if (graves.size() > kGraves) {
        ::munmap(graves.front().memory, graves.front().length);
        graves.pop_front();
    }
}

std::size_t page_size() {
    static const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return size;
}

int process_umask() {
    // umask() itself can only be asked by changing it, which other threads would see
    std::FILE* status = std::fopen("/proc/self/status", "re");
    char line[256];
    unsigned mask = 0;
    while (status != nullptr && std::fgets(line, sizeof line, status) != nullptr) {
        if (std::sscanf(line, "Umask: %o", &mask) == 1) {
            break;
        }
    }
    if (status != nullptr) {
        std::fclose(status);
    }
    return static_cast<int>(mask);
}

}  // namespace sluice
