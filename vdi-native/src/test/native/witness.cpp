#include "witness.h"

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <vector>

namespace sluice {
namespace {

constexpr std::size_t kFunctions = static_cast<std::size_t>(Function::kCount);
constexpr std::size_t kCounters = static_cast<std::size_t>(Counter::kCount);
constexpr std::size_t kTextsKept = 1000;

constexpr std::array<const char*, kFunctions> kFunctionNames = {
    "CoInitializeEx",
    "CoUninitialize",
    "CoCreateInstance",
    "QueryInterface",
    "Create",
    "GetConfiguration",
    "OpenDevice",
    "Close",
    "SignalAbort",
    "OpenInSecondary",
    "GetBufferHandle",
    "MapBufferHandle",
    "GetCommand",
    "CompleteCommand",
    "Server.Open",
    "Server.GetConfiguration",
    "Server.BeginConfiguration",
    "Server.EndConfiguration",
    "Server.RequestBuffers",
    "Server.QueryAvailableBuffers",
    "Server.ExecuteCompletionAgent",
    "Server.OpenDevice",
    "Server.AllocateBuffer",
    "Server.FreeBuffer",
    "Server.SignalAbort",
    "Server.Close",
    "Server.SendCommand",
    "Server.CloseDevice",
};

constexpr std::array<const char*, kCounters> kCounterNames = {
    "sets",
    "server_sets",
    "devices",
    "server_devices",
    "agents",
    "references",
    "devices_dropped_at_close",
    "apartments",
    "mappings",
    "mapped_bytes",
    "files",
    "calls_inside",
    "closes_with_outstanding",
    "outstanding",
    "fetched",
    "completed",
};

struct Order {
    int calls_until = 0;
    int times = 0;
    Hresult status = 0;
    int delay_millis = 0;
};

struct Witness {
    std::mutex mutex;
    std::condition_variable reset;
    std::array<Order, kFunctions> orders;
    std::array<std::atomic<bool>, kFunctions> ordered{};
    std::array<std::atomic<std::int64_t>, kCounters> counters{};
    std::vector<std::string> texts;
    std::int64_t violations = 0;
    std::int64_t resets = 0;
};

// never destroyed: threads may still be inside the library when the process ends
Witness& witness() {
    static Witness& only = *new Witness();
    return only;
}

template <std::size_t n>
int index_of(const std::array<const char*, n>& names, const std::string& name) {
    for (std::size_t i = 0; i < n; i++) {
        if (name == names[i]) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

void mark(Witness& w, std::size_t function) {
    const Order& order = w.orders[function];
    w.ordered[function] = order.times != 0 || order.delay_millis != 0;
}

}  // namespace

void violation(const char* format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    Witness& w = witness();
    std::lock_guard<std::mutex> lock(w.mutex);
    w.violations++;
    if (w.texts.size() < kTextsKept) {
        w.texts.emplace_back(text);
    }
}

std::atomic<std::int64_t>& counter(Counter which) {
    return witness().counters[static_cast<std::size_t>(which)];
}

Call::Call(Function function) {
    count(Counter::kCallsInside);
    Witness& w = witness();
    std::size_t index = static_cast<std::size_t>(function);
    if (!w.ordered[index].load(std::memory_order_acquire)) {
        return;
    }
    std::unique_lock<std::mutex> lock(w.mutex);
    Order& order = w.orders[index];
    if (order.times != 0 && --order.calls_until <= 0) {
        refused_ = true;
        status_ = order.status;
        order.times -= order.times > 0 ? 1 : 0;
        mark(w, index);
    }
    if (order.delay_millis > 0) {
        std::int64_t resets = w.resets;
        w.reset.wait_for(lock, std::chrono::milliseconds(order.delay_millis),
                         [&] { return w.resets != resets; });
    }
}

Call::~Call() { count(Counter::kCallsInside, -1); }

bool order_fault(const std::string& function, int nth, int times, Hresult status) {
    int index = index_of(kFunctionNames, function);
    if (index < 0) {
        return false;
    }
    Witness& w = witness();
    std::lock_guard<std::mutex> lock(w.mutex);
    Order& order = w.orders[index];
    order.calls_until = nth;
    order.times = times;
    order.status = status;
    mark(w, index);
    return true;
}

bool order_delay(const std::string& function, int millis) {
    int index = index_of(kFunctionNames, function);
    if (index < 0) {
        return false;
    }
    Witness& w = witness();
    std::lock_guard<std::mutex> lock(w.mutex);
    w.orders[index].delay_millis = millis;
    mark(w, index);
    return true;
}

std::int64_t violations() {
    Witness& w = witness();
    std::lock_guard<std::mutex> lock(w.mutex);
    return w.violations;
}

std::string violation_text(std::int64_t index) {
    Witness& w = witness();
    std::lock_guard<std::mutex> lock(w.mutex);
    bool known = index >= 0 && index < static_cast<std::int64_t>(w.texts.size());
    return known ? w.texts[index] : std::string();
}

std::int64_t counter_value(const std::string& name) {
    int index = index_of(kCounterNames, name);
    return index < 0 ? -1 : witness().counters[index].load();
}

void reset_witness() {
    Witness& w = witness();
    std::lock_guard<std::mutex> lock(w.mutex);
    w.violations = 0;
    w.texts.clear();
    for (std::size_t i = 0; i < kFunctions; i++) {
        w.orders[i] = Order();
        mark(w, i);
    }
    for (Counter total : {Counter::kDevicesDroppedAtClose, Counter::kClosesWithOutstanding,
                          Counter::kFetched, Counter::kCompleted}) {
        counter(total) = 0;
    }
    w.resets++;
    w.reset.notify_all();
}

}  // namespace sluice
