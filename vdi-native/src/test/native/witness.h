// What the double knows about its callers: broken rules with their text, counters, and the faults
// and delays a test has ordered. All of it belongs to the process and is safe from any thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

#include "vdi_abi.h"

namespace sluice {

// The functions a test can name in a fault, in the order of kFunctionNames.
enum class Function {
    kCoInitializeEx,
    kCoUninitialize,
    kCoCreateInstance,
    kQueryInterface,
    kCreate,
    kGetConfiguration,
    kOpenDevice,
    kClose,
    kSignalAbort,
    kOpenInSecondary,
    kGetBufferHandle,
    kMapBufferHandle,
    kGetCommand,
    kCompleteCommand,
    kServerOpen,
    kServerGetConfiguration,
    kServerBeginConfiguration,
    kServerEndConfiguration,
    kServerRequestBuffers,
    kServerQueryAvailableBuffers,
    kServerExecuteCompletionAgent,
    kServerOpenDevice,
    kServerAllocateBuffer,
    kServerFreeBuffer,
    kServerSignalAbort,
    kServerClose,
    kServerSendCommand,
    kServerCloseDevice,
    kCount,
};

// Which counters there are; see control.h for their meaning.
enum class Counter {
    kSets,
    kServerSets,
    kDevices,
    kServerDevices,
    kAgents,
    kReferences,
    kDevicesDroppedAtClose,
    kApartments,
    kMappings,
    kMappedBytes,
    kFiles,
    kCallsInside,
    kClosesWithOutstanding,
    kOutstanding,
    kFetched,
    kCompleted,
    kCount,
};

void violation(const char* format, ...) __attribute__((format(printf, 1, 2)));

std::atomic<std::int64_t>& counter(Counter which);

inline void count(Counter which, std::int64_t change = 1) {
    counter(which).fetch_add(change, std::memory_order_relaxed);
}

// One call into the double: seen by the counter of calls inside, delayed and refused as ordered.
class Call {
public:
    explicit Call(Function function);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    // Whether a test ordered this call to return status() and do nothing.
    bool refused() const { return refused_; }
    Hresult status() const { return status_; }

private:
    bool refused_ = false;
    Hresult status_ = 0;
};

// What a test can order; see control.h. An unknown name returns false.
bool order_fault(const std::string& function, int nth, int times, Hresult status);
bool order_delay(const std::string& function, int millis);

std::int64_t violations();
std::string violation_text(std::int64_t index);
// The value of a counter by its name in control.h, or -1 for an unknown name.
std::int64_t counter_value(const std::string& name);
// Forgets violations, faults and delays; counters of living things stay.
void reset_witness();

}  // namespace sluice
