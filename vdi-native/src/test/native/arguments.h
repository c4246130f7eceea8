// Checks of what callers pass: a mistake is a violation.
#pragma once

#include <cstdint>

#include "vdi_abi.h"
#include "witness.h"

namespace sluice {

inline bool is_missing(const void* pointer, const char* function, const char* what) {
    if (pointer == nullptr) {
        violation("%s: %s is NULL", function, what);
    }
    return pointer == nullptr;
}

inline bool is_bad_configuration(const VDConfig* configuration, const char* function) {
    if (is_missing(configuration, function, "the VDConfig")) {
        return true;
    }
    bool aligned = reinterpret_cast<std::uintptr_t>(configuration) % alignof(VDConfig) == 0;
    if (!aligned) {
        violation("%s: the VDConfig is not aligned to %zu bytes", function, alignof(VDConfig));
    }
    return !aligned;
}

// The fields that only the server fills in: a client that does not zero them asks for what nobody
// can ask for (vdi-facts A.1, H).
inline void check_servers_fields(const VDConfig& request) {
    if ((request.blockSize | request.maxIODepth | request.maxTransferSize | request.bufferAreaSize)
        != 0) {
        violation("Create: the server's fields of the VDConfig are not zero");
    }
}

}  // namespace sluice
