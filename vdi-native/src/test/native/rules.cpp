#include "rules.h"

#include <algorithm>

#include "shared_set.h"

namespace sluice {
namespace {

constexpr Dword kSmallestBlock = 512;
constexpr std::ptrdiff_t kMaxNameLength = 260;

bool is_kind(Dword features) {
    constexpr Dword kPipeExtras = vdi::kRemovable | vdi::kDiscard | vdi::kSnapshotPrepare
                                  | vdi::kEnumFrozenFiles | vdi::kVssWriter
                                  | vdi::kRequestComplete;
    constexpr Dword kLikePipe = 0;
    constexpr Dword kTape = vdi::kLikeTape & ~kPipeExtras;
    // bits of the server, too, are of no kind
    Dword kind = features & ~kPipeExtras;
    return kind == kLikePipe || kind == vdi::kRandomAccess || kind == kTape;
}

}  // namespace

bool is_power_of_two(Dword value, Dword least, Dword most) {
    return value >= least && value <= most && (value & (value - 1)) == 0;
}

bool is_valid_request(const VDConfig& request) {
    bool alignment = request.alignment == 0 || is_power_of_two(request.alignment, 1, kMaxBlockSize);
    bool sizes = request.prefixZoneSize <= INT32_MAX && request.softFileMarkBlockSize <= INT32_MAX
                 && request.EOMWarningSize <= INT32_MAX && request.serverTimeOut <= INT32_MAX;
    bool marks = request.softFileMarkBlockSize == 0 || (request.features & vdi::kFileMarks) != 0;
    return request.deviceCount >= 1 && request.deviceCount <= kMaxDevices
           && is_kind(request.features) && alignment && sizes && marks;
}

bool is_valid_decision(const VDConfig& request, Dword features, Dword alignment, Dword block_size,
                       Dword max_transfer_size) {
    Dword direction = features & (vdi::kWriteMedia | vdi::kReadMedia);
    bool one_direction = direction == vdi::kWriteMedia || direction == vdi::kReadMedia;
    bool complete_asked = (features & vdi::kCompleteEnabled) == 0
                          || (request.features & vdi::kRequestComplete) != 0;
    return is_power_of_two(block_size, kSmallestBlock, kMaxBlockSize)
           && (alignment == 0 || is_power_of_two(alignment, block_size, kMaxBlockSize))
           && max_transfer_size >= kTransferUnit && max_transfer_size <= kMaxTransferSize
           && max_transfer_size % kTransferUnit == 0 && one_direction && complete_asked;
}

bool is_valid_name(const std::string& name) {
    auto begins_character = [](unsigned char c) { return (c & 0xC0) != 0x80; };
    return !name.empty() && name.find('\\') == std::string::npos && name.size() <= kMaxNameBytes
           && std::count_if(name.begin(), name.end(), begins_character) <= kMaxNameLength;
}

}  // namespace sluice
