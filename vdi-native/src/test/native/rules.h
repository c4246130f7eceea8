// The rules for a set's numbers and names (vdi-facts section H and K), as pure checks.
#pragma once

#include <string>

#include "vdi_abi.h"

namespace sluice {

bool is_power_of_two(Dword value, Dword least, Dword most);

// Whether a client may ask for this.
bool is_valid_request(const VDConfig& request);

// Whether a server may decide this.
bool is_valid_decision(const VDConfig& request, Dword features, Dword alignment, Dword block_size,
                       Dword max_transfer_size);

// Whether a set or a device may have this name, in UTF-8.
bool is_valid_name(const std::string& name);

}  // namespace sluice
