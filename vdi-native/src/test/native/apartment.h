// The COM apartments of this process's threads, as far as VDI is concerned with them.
#pragma once

#include "vdi_abi.h"

namespace sluice {

Hresult enter_apartment(Dword model);
void leave_apartment();
// Another part of the program puts the calling thread in a single-threaded apartment.
void put_in_foreign_apartment(bool inside);
bool in_apartment();
// A violation when apartments are checked and the calling thread is not in the multithreaded one,
// where all objects live.
void check_apartment(const char* function);

}  // namespace sluice
