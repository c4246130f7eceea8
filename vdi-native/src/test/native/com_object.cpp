#include "com_object.h"

#include <deque>
#include <mutex>
#include <vector>

namespace sluice {
namespace {

constexpr std::size_t kRetired = 256;
constexpr char32_t kReplacement = 0xFFFD;

char32_t next(const char16_t*& text) {
    char32_t unit = *text++;
    bool lead = unit >= 0xD800 && unit < 0xDC00;
    bool trail = unit >= 0xDC00 && unit < 0xE000;
    if (lead && *text >= 0xDC00 && *text < 0xE000) {
        return 0x10000 + ((unit - 0xD800) << 10) + (*text++ - 0xDC00);
    }
    return lead || trail ? kReplacement : unit;
}

void append(std::string& utf8, char32_t c) {
    auto tail = [&](int shift) {
        utf8 += static_cast<char>(0x80 | ((c >> shift) & 0x3F));
    };
    if (c < 0x80) {
        utf8 += static_cast<char>(c);
    } else if (c < 0x800) {
        utf8 += static_cast<char>(0xC0 | c >> 6);
        tail(0);
    } else if (c < 0x10000) {
        utf8 += static_cast<char>(0xE0 | c >> 12);
        tail(6);
        tail(0);
    } else {
        utf8 += static_cast<char>(0xF0 | c >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace

std::string to_utf8(const char16_t* text) {
    std::string utf8;
    while (text != nullptr && *text != 0) {
        append(utf8, next(text));
    }
    return utf8;
}

void entomb(void* object) {
    static std::mutex& mutex = *new std::mutex();
    static std::vector<void*>& tombs = *new std::vector<void*>();
    std::lock_guard<std::mutex> lock(mutex);
    tombs.push_back(object);
}

void retire(std::function<void()> free) {
    static std::mutex& mutex = *new std::mutex();
    static std::deque<std::function<void()>>& retired = *new std::deque<std::function<void()>>();
    std::lock_guard<std::mutex> lock(mutex);
    retired.push_back(std::move(free));
    if (retired.size() > kRetired) {
        retired.front()();
        retired.pop_front();
    }
}

}  // namespace sluice
