#include "control.h"

#include <time.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "apartment.h"
#include "com_server.h"
#include "pattern.h"
#include "server.h"
#include "settings.h"
#include "shared_set.h"
#include "stream_server.h"
#include "witness.h"

using namespace sluice;

namespace {

// As much of a text as there is room for, and its whole length.
int32_t copy(const std::string& text, char* to, int32_t length) {
    if (length > 0) {
        std::size_t copied = std::min(text.size(), static_cast<std::size_t>(length) - 1);
        std::memcpy(to, text.data(), copied);
        to[copied] = 0;
    }
    return static_cast<int32_t>(text.size());
}

}  // namespace

#pragma GCC visibility push(default)

int32_t sluice_double_new_server(void** out) {
    *out = new_server_set();
    return vdi::kOk;
}

int32_t sluice_double_server_die(const char* set_name) { return die(set_name); }

int64_t sluice_double_stream_start(const char* options) { return start_stream(options); }

void sluice_double_stream_abort(int64_t handle) { abort_stream(handle); }

int32_t sluice_double_stream_join(int64_t handle, int64_t timeout_millis, char* result,
                                  int32_t length) {
    std::string text;
    return join_stream(handle, timeout_millis, text) ? copy(text, result, length) : -1;
}

void sluice_double_pattern(uint64_t seed, int32_t device, uint64_t position, uint8_t* to,
                           int64_t length) {
    Pattern(seed, device).fill(to, position, static_cast<std::size_t>(length));
}

int64_t sluice_double_pattern_check(uint64_t seed, int32_t device, uint64_t position,
                                    const uint8_t* data, int64_t length) {
    return Pattern(seed, device).check(data, position, static_cast<std::size_t>(length));
}

int64_t sluice_double_violations(void) { return violations(); }

int32_t sluice_double_violation(int64_t index, char* text, int32_t length) {
    return copy(violation_text(index), text, length);
}

int64_t sluice_double_counter(const char* name) {
    if (std::strcmp(name, "umask_at_create") == 0) {
        return settings().umask_at_create;
    }
    if (std::strcmp(name, "group_may_access") == 0) {
        return settings().group_may_access;
    }
    if (std::strcmp(name, "umask_at_open") == 0) {
        return settings().umask_at_open;
    }
    return counter_value(name);
}

int64_t sluice_double_cpu_nanos(void) {
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

void sluice_double_reset(void) {
    reset_witness();
    settings().reset();
}

int32_t sluice_double_fail(const char* function, int32_t nth, int32_t times, int32_t hresult) {
    return order_fault(function, nth, times, hresult) ? 1 : 0;
}

int32_t sluice_double_delay(const char* function, int32_t millis) {
    return order_delay(function, millis) ? 1 : 0;
}

void sluice_double_abort_at(const char* set_name, int32_t device, int64_t command,
                            int32_t moment) {
    order_abort({set_name == nullptr ? "" : set_name, device, command,
                 static_cast<Moment>(moment)});
}

void sluice_double_set_queue_depth(int32_t depth) {
    settings().queue_depth = std::clamp(depth, 1, kMaxQueueDepth);
}

void sluice_double_set_strict_buffers(int32_t on) { settings().strict_buffers = on != 0; }

void sluice_double_set_time_outs_in_seconds(int32_t on) {
    settings().time_outs_in_seconds = on != 0;
}

void sluice_double_set_server_is_other_user(int32_t on) {
    settings().server_is_other_user = on != 0;
}

void sluice_double_add_instance(const char* name) { add_instance(name); }

void sluice_double_foreign_apartment(int32_t inside) { put_in_foreign_apartment(inside != 0); }

#pragma GCC visibility pop
