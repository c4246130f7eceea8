// A server that streams on its own threads: one per device and the completion agent. See control.h
// for its options and its result.
#pragma once

#include <cstdint>
#include <string>

namespace sluice {

// A handle, or 0 and a violation for bad options.
std::int64_t start_stream(const std::string& options);
void abort_stream(std::int64_t handle);
// Waits for the end; negative is for ever. False when it is not there in time.
bool join_stream(std::int64_t handle, std::int64_t timeout_millis, std::string& result);

}  // namespace sluice
