// The server's set and devices in the shape of COM objects.
#pragma once

#include "vdi_abi.h"

namespace sluice {

// A new object with one reference.
vdi::IServerVirtualDeviceSet2* new_server_set();

}  // namespace sluice
