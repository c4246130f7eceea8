#include "stream_options.h"

#include <cstdlib>
#include <functional>
#include <map>
#include <sstream>

namespace sluice {
namespace {

using Reader = std::function<void(StreamOptions&, const std::string&)>;

template <typename Number>
Reader number(Number StreamOptions::*field) {
    return [field](StreamOptions& options, const std::string& value) {
        options.*field = static_cast<Number>(std::strtoll(value.c_str(), nullptr, 10));
    };
}

Reader flag(bool StreamOptions::*field) {
    return [field](StreamOptions& options, const std::string& value) {
        options.*field = value == "1";
    };
}

Reader text(std::string StreamOptions::*field) {
    return [field](StreamOptions& options, const std::string& value) { options.*field = value; };
}

void read_names(StreamOptions& options, const std::string& value) {
    std::istringstream names(value);
    std::string name;
    while (std::getline(names, name, '|')) {
        options.names.push_back(name);
    }
}

void read_fill(StreamOptions& options, const std::string& value) {
    options.fill = value == "stamps" ? Fill::kStamps : value == "none" ? Fill::kNone : Fill::kAll;
}

const std::map<std::string, Reader>& readers() {
    using O = StreamOptions;
    static const auto& all = *new std::map<std::string, Reader>{
        {"set", text(&O::set)},
        {"instance", text(&O::instance)},
        {"names", read_names},
        {"restore", flag(&O::restore)},
        {"snapshot", flag(&O::snapshot)},
        {"complete", flag(&O::complete)},
        {"past_end", flag(&O::past_end)},
        {"vary", flag(&O::vary)},
        {"verify", flag(&O::verify)},
        {"fill", read_fill},
        {"bytes", number(&O::bytes)},
        {"block_size", number(&O::block_size)},
        {"max_transfer", number(&O::max_transfer)},
        {"transfer", number(&O::transfer)},
        {"buffers", number(&O::buffers)},
        {"outstanding", number(&O::outstanding)},
        {"flush_every", number(&O::flush_every)},
        {"unknown_every", number(&O::unknown_every)},
        {"delay_micros", number(&O::delay_micros)},
        {"attach_millis", number(&O::attach_millis)},
        {"seed", number(&O::seed)},
        {"abort_device", number(&O::abort_device)},
        {"abort_command", number(&O::abort_command)},
        {"die_device", number(&O::die_device)},
        {"die_command", number(&O::die_command)},
        {"abort_stage", text(&O::abort_stage)},
        {"abort_after_micros", number(&O::abort_after_micros)},
    };
    return all;
}

std::string check(StreamOptions& options) {
    if (options.transfer == 0) {
        options.transfer = options.max_transfer;
    }
    if (options.set.empty()) {
        return "there is no set name";
    }
    if (options.block_size == 0 || options.transfer > options.max_transfer
        || options.transfer % options.block_size != 0) {
        return "transfer is not a multiple of block_size up to max_transfer";
    }
    if (!options.restore && options.bytes % options.block_size != 0) {
        return "a backup's bytes are not a multiple of block_size";
    }
    if (options.buffers < 1 || options.outstanding < 1) {
        return "there are no buffers, or no command may be outstanding";
    }
    return "";
}

}  // namespace

std::string StreamOptions::name(int device) const {
    if (static_cast<std::size_t>(device) < names.size()) {
        return names[device];
    }
    return device == 0 ? set : set + "-" + std::to_string(device);
}

std::string read_options(const std::string& text, StreamOptions& options) {
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
        std::size_t equals = line.find('=');
        auto reader = readers().find(line.substr(0, equals));
        if (equals == std::string::npos || reader == readers().end()) {
            return "unknown option " + line;
        }
        reader->second(options, line.substr(equals + 1));
    }
    return check(options);
}

}  // namespace sluice
