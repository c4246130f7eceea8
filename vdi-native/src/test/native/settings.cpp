#include "settings.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <vector>

#include "shared_set.h"

namespace sluice {
namespace {

struct Lists {
    std::mutex mutex;
    std::set<std::string> instances;
    std::vector<AbortOrder> aborts;
    std::atomic<bool> any_abort{false};
};

Lists& lists() {
    static Lists& only = *new Lists();
    return only;
}

}  // namespace

void Settings::reset() {
    queue_depth = kMaxQueueDepth;
    strict_buffers = false;
    time_outs_in_seconds = false;
    server_is_other_user = false;
    umask_at_create = -1;
    group_may_access = -1;
    umask_at_open = -1;
    Lists& l = lists();
    std::lock_guard<std::mutex> lock(l.mutex);
    l.instances.clear();
    l.aborts.clear();
    l.any_abort = false;
}

Settings& settings() {
    static Settings& only = *new Settings();
    return only;
}

void add_instance(const std::string& name) {
    Lists& l = lists();
    std::lock_guard<std::mutex> lock(l.mutex);
    l.instances.insert(name);
}

bool is_instance(const std::string& name) {
    Lists& l = lists();
    std::lock_guard<std::mutex> lock(l.mutex);
    return name.empty() || l.instances.count(name) > 0;
}

void order_abort(const AbortOrder& order) {
    Lists& l = lists();
    std::lock_guard<std::mutex> lock(l.mutex);
    l.aborts.push_back(order);
    l.any_abort = true;
}

bool abort_ordered(const std::string& set, int device, long command, Moment moment) {
    Lists& l = lists();
    if (!l.any_abort.load(std::memory_order_acquire)) {
        return false;
    }
    std::lock_guard<std::mutex> lock(l.mutex);
    auto found = std::find_if(l.aborts.begin(), l.aborts.end(), [&](const AbortOrder& order) {
        return order.moment == moment && order.device == device && order.command == command
               && (order.set.empty() || order.set == set);
    });
    if (found == l.aborts.end()) {
        return false;
    }
    l.aborts.erase(found);
    l.any_abort = !l.aborts.empty();
    return true;
}

}  // namespace sluice
