// The options of a stream, read from lines name=value.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vdi_abi.h"

namespace sluice {

enum class Fill { kAll, kStamps, kNone };

struct StreamOptions {
    std::string set;
    std::string instance;
    std::vector<std::string> names;
    bool restore = false;
    bool snapshot = false;
    bool complete = true;
    bool past_end = false;
    bool vary = false;
    bool verify = true;
    Fill fill = Fill::kAll;
    std::int64_t bytes = 0;
    Dword block_size = 65536;
    Dword max_transfer = 1048576;
    Dword transfer = 0;
    int buffers = 8;
    int outstanding = 4;
    std::int64_t flush_every = 0;
    std::int64_t unknown_every = 0;
    std::int64_t delay_micros = 0;
    std::int64_t attach_millis = 30000;
    std::uint64_t seed = 1;
    // where the server itself ends it: a device's command, a stage, or a time after the attachment
    int abort_device = -1;
    std::int64_t abort_command = 0;
    int die_device = -1;
    std::int64_t die_command = 0;
    std::string abort_stage;
    std::int64_t abort_after_micros = -1;

    // The name of a device: the set's for the first.
    std::string name(int device) const;
};

// What is wrong with the text; empty when the options are read.
std::string read_options(const std::string& text, StreamOptions& options);

}  // namespace sluice
