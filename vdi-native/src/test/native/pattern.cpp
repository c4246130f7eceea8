#include "pattern.h"

#include <algorithm>
#include <cstring>

namespace sluice {
namespace {

std::uint64_t scramble(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

std::uint64_t round_up(std::uint64_t value, std::uint64_t unit) {
    return (value + unit - 1) / unit * unit;
}

}  // namespace

Pattern::Pattern(std::uint64_t seed, int device)
    : key_(scramble(seed * 64 + static_cast<std::uint64_t>(device) + 1)),
      pages_(kPatternPeriod / kStampUnit),
      noise_(pages_.front().bytes) {
    for (std::size_t i = 0; i < kPatternPeriod; i += sizeof(std::uint64_t)) {
        std::uint64_t word = scramble(key_ + i);
        std::memcpy(noise_ + i, &word, sizeof word);
    }
}

void Pattern::stamp_at(std::uint8_t* stamp, std::uint64_t position) const {
    std::uint64_t words[2] = {position, key_ ^ scramble(position)};
    static_assert(sizeof words == kStampLength);
    std::memcpy(stamp, words, sizeof words);
}

void Pattern::fill(std::uint8_t* to, std::uint64_t position, std::size_t length) const {
    std::size_t done = 0;
    while (done < length) {
        std::size_t place = (position + done) % kPatternPeriod;
        std::size_t part = std::min(length - done, kPatternPeriod - place);
        std::memcpy(to + done, noise_ + place, part);
        done += part;
    }
    stamp(to, position, length);
}

void Pattern::stamp(std::uint8_t* to, std::uint64_t position, std::size_t length) const {
    std::uint64_t end = position + length;
    // a stamp may have begun before this part, or end after it
    for (std::uint64_t at = position / kStampUnit * kStampUnit; at < end; at += kStampUnit) {
        std::uint8_t whole[kStampLength];
        stamp_at(whole, at);
        std::uint64_t from = std::max(at, position);
        std::uint64_t until = std::min(at + kStampLength, end);
        if (from < until) {
            std::memcpy(to + (from - position), whole + (from - at), until - from);
        }
    }
}

std::int64_t Pattern::check(const std::uint8_t* data, std::uint64_t position,
                            std::size_t length) const {
    std::uint8_t expected[kStampUnit];
    std::size_t done = 0;
    while (done < length) {
        std::uint64_t from = position + done;
        std::size_t part = std::min<std::size_t>(
            length - done, round_up(from + 1, kStampUnit) - from);
        fill(expected, from, part);
        if (std::memcmp(data + done, expected, part) != 0) {
            std::size_t i = 0;
            while (data[done + i] == expected[i]) {
                i++;
            }
            return static_cast<std::int64_t>(done + i);
        }
        done += part;
    }
    return -1;
}

}  // namespace sluice
