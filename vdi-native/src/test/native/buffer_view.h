// One end's view of a set's buffers.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "shared_set.h"

namespace sluice {

// One end's mapping of the buffers, each between guard pages, at addresses of its own. After
// close() the addresses stay reserved and inaccessible, so that a late access faults.
class BufferView {
public:
    BufferView() = default;
    ~BufferView() { close(); }
    BufferView(const BufferView&) = delete;
    BufferView& operator=(const BufferView&) = delete;

    // Maps what was added since; with the set's lock held. Strict: inaccessible until allow().
    bool sync(SharedSet& set, bool strict);
    std::uint8_t* address(int buffer) const { return addresses_[buffer]; }
    // The buffer whose data begins exactly there, or kNone.
    int find(const std::uint8_t* address) const;
    bool contains(const std::uint8_t* address) const;
    void allow(SharedSet& set, int buffer);
    void forbid(SharedSet& set, int buffer);
    void close();

private:
    struct Area {
        std::uint8_t* begin;
        std::size_t length;
    };
    void protect(SharedSet& set, int buffer, int protection);

    int extents_ = 0;
    std::vector<Area> areas_;
    std::vector<std::uint8_t*> addresses_;
    std::unordered_map<const std::uint8_t*, int> by_address_;
};

}  // namespace sluice
