// What the doubles need of the operating system: time, other processes, memory that stays dead.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sluice {

constexpr std::int64_t kNever = INT64_MAX;
constexpr std::int64_t kMillisecond = 1000000;

// Nanoseconds of the monotonic clock.
std::int64_t now();
// The moment so many milliseconds from now; negative is never.
std::int64_t deadline(std::int64_t millis);

// A process that can be asked whether it lives, told from a later one of the same number.
struct Process {
    std::int32_t pid;
    std::uint64_t started;

    static Process self();
    bool alive() const;
};

// Makes a range of memory inaccessible for good and keeps the addresses from being used again; the
// oldest of many ranges are given back.
void bury(void* memory, std::size_t length);

std::size_t page_size();

// The file mode creation mask of this process.
int process_umask();

}  // namespace sluice
