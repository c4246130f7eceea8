#include "buffer_view.h"

#include <sys/mman.h>

#include <algorithm>

#include "witness.h"

namespace sluice {

bool BufferView::sync(SharedSet& set, bool strict) {
    Header& header = set.header();
    while (extents_ < header.extent_count) {
        const Extent& extent = header.extents[extents_];
        // room for guard pages on both ends and for an alignment as in the file
        std::size_t length = extent.end - extent.begin + 2 * kAreaUnit;
        void* reserved = ::mmap(nullptr, length, PROT_NONE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (reserved == MAP_FAILED) {
            return false;
        }
        auto begin = reinterpret_cast<std::uintptr_t>(reserved) + page_size();
        auto* base = reinterpret_cast<std::uint8_t*>(
            (begin + kAreaUnit - 1) / kAreaUnit * kAreaUnit);
        for (int i = extent.first_buffer; i < extent.first_buffer + extent.buffers; i++) {
            const BufferShare& buffer = set.buffer(i);
            int protection = strict ? PROT_NONE : PROT_READ | PROT_WRITE;
            void* mapped = ::mmap(base + (buffer.begin - extent.begin), buffer.end - buffer.begin,
                                  protection, MAP_SHARED | MAP_FIXED, set.file(),
                                  static_cast<off_t>(buffer.begin));
            if (mapped == MAP_FAILED) {
                ::munmap(reserved, length);
                return false;
            }
            std::uint8_t* data = base + (buffer.data - extent.begin);
            addresses_.push_back(data);
            by_address_[data] = i;
        }
        areas_.push_back({static_cast<std::uint8_t*>(reserved), length});
        count(Counter::kMappings);
        count(Counter::kMappedBytes, static_cast<std::int64_t>(length));
        extents_++;
    }
    return true;
}

int BufferView::find(const std::uint8_t* address) const {
    auto found = by_address_.find(address);
    return found == by_address_.end() ? kNone : found->second;
}

bool BufferView::contains(const std::uint8_t* address) const {
    return std::any_of(areas_.begin(), areas_.end(), [&](const Area& area) {
        return address >= area.begin && address < area.begin + area.length;
    });
}

void BufferView::allow(SharedSet& set, int buffer) {
    protect(set, buffer, PROT_READ | PROT_WRITE);
}

void BufferView::forbid(SharedSet& set, int buffer) { protect(set, buffer, PROT_NONE); }

void BufferView::protect(SharedSet& set, int buffer, int protection) {
    const BufferShare& share = set.buffer(buffer);
    ::mprotect(addresses_[buffer] - (share.data - share.begin), share.end - share.begin,
               protection);
}

void BufferView::close() {
    for (const Area& area : areas_) {
        bury(area.begin, area.length);
        count(Counter::kMappings, -1);
        count(Counter::kMappedBytes, -static_cast<std::int64_t>(area.length));
    }
    areas_.clear();
}

}  // namespace sluice
