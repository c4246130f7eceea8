// What a test can set for the sets of this process; see control.h for the meaning.
#pragma once

#include <atomic>
#include <string>

namespace sluice {

struct Settings {
    std::atomic<int> queue_depth;
    std::atomic<bool> strict_buffers;
    std::atomic<bool> time_outs_in_seconds;
    std::atomic<bool> server_is_other_user;
    // the mask at the last Create, and whether the file it made is open to the group; -1: none yet
    std::atomic<int> umask_at_create;
    std::atomic<int> group_may_access;
    // the mask at the last OpenDevice or OpenInSecondary; -1: none yet
    std::atomic<int> umask_at_open;
    // whether threads must be in a COM apartment: in the COM double only
    std::atomic<bool> apartments_checked{false};

    Settings() { reset(); }
    void reset();
};

Settings& settings();

// Instances besides the default one.
void add_instance(const std::string& name);
bool is_instance(const std::string& name);

// An abort from the server's side at a command of a device.
enum class Moment { kBeforeFetch, kInHands, kAtCompletion };
struct AbortOrder {
    std::string set;
    int device = 0;
    long command = 0;
    Moment moment = Moment::kBeforeFetch;
};
void order_abort(const AbortOrder& order);
// Whether the order is for this command; true once per order.
bool abort_ordered(const std::string& set, int device, long command, Moment moment);

}  // namespace sluice
