// The bytes of a test stream: a function of seed, device and position alone, so that any part of
// it can be made and checked on its own, at the speed of a copy.
//
// A block of 64 KiB of noise repeats; each 4096th byte of the stream begins 16 bytes that say where
// they belong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sluice {

constexpr std::size_t kPatternPeriod = 65536;
constexpr std::size_t kStampUnit = 4096;
constexpr std::size_t kStampLength = 16;

class Pattern {
public:
    Pattern(std::uint64_t seed, int device);
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    void fill(std::uint8_t* to, std::uint64_t position, std::size_t length) const;
    // The stamps alone, where the noise is there already.
    void stamp(std::uint8_t* to, std::uint64_t position, std::size_t length) const;
    // The index of the first byte that differs, or -1.
    std::int64_t check(const std::uint8_t* data, std::uint64_t position, std::size_t length) const;

private:
    void stamp_at(std::uint8_t* stamp, std::uint64_t position) const;

    // aligned, so that copying it costs the same wherever the heap puts it
    struct alignas(kStampUnit) Page {
        std::uint8_t bytes[kStampUnit];
    };

    std::uint64_t key_;
    std::vector<Page> pages_;
    std::uint8_t* noise_;
};

}  // namespace sluice
