// What the double's own tests stand on: a register of tests, checks, and both ends of a set.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "client.h"
#include "server.h"
#include "settings.h"
#include "vdi_abi.h"
#include "witness.h"

namespace sluice::test {

struct Test {
    const char* name;
    void (*body)();
};

std::vector<Test>& tests();

struct Registration {
    Registration(const char* name, void (*body)()) { tests().push_back({name, body}); }
};

#define TEST(name)                                                     \
    static void name();                                                \
    static const ::sluice::test::Registration registration_##name(#name, name); \
    static void name()

[[noreturn]] void failed(const char* file, int line, const std::string& what);

template <typename A, typename B>
void check_equal(const A& actual, const B& expected, const char* text, const char* file, int line) {
    if (!(actual == static_cast<A>(expected))) {
        char values[64];
        std::snprintf(values, sizeof values, ": 0x%llX, not 0x%llX",
                      static_cast<unsigned long long>(actual),
                      static_cast<unsigned long long>(static_cast<A>(expected)));
        failed(file, line, text + std::string(values));
    }
}

#define CHECK(condition)                                    \
    do {                                                    \
        if (!(condition)) {                                 \
            ::sluice::test::failed(__FILE__, __LINE__, #condition); \
        }                                                   \
    } while (false)
#define CHECK_EQUAL(actual, expected) \
    ::sluice::test::check_equal(actual, expected, #actual, __FILE__, __LINE__)
#define CHECK_OK(call) CHECK_EQUAL(call, vdi::kOk)

// Waits for something another thread or process does; fails when it does not come.
void eventually(const std::function<bool()>& condition);

// The one violation there is contains this text; it is forgotten.
void expect_violation(const std::string& part);

// A command a test sends, and its answer.
class Sent {
public:
    explicit Sent(Dword code) : Sent(code, nullptr, 0) {}
    Sent(Dword code, std::uint8_t* buffer, Dword size);
    Sent(const Sent&) = delete;
    Sent& operator=(const Sent&) = delete;

    VDS_Command command = {};

    // Waits for the routine and tells the completion code.
    Dword code();
    int calls();
    std::thread::id caller();

private:
    static void routine(VDS_Command* command);

    std::mutex mutex_;
    std::condition_variable called_;
    int calls_ = 0;
    std::thread::id caller_;
};

constexpr Dword kBlock = 4096;
constexpr Dword kTransfer = 65536;
constexpr Dword kBuffers = 8;

// Both ends of one set in this process, taken as far as a test wants.
class Rig {
public:
    explicit Rig(int devices = 1);
    ~Rig();
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;

    Rig& create();
    Rig& connect();
    Rig& begin();
    // The server has ended the configuration; the client has not asked for it.
    Rig& decide();
    Rig& configure();
    Rig& open();
    Rig& activate();
    Rig& finish();
    Rig& abort();
    // Returns when the agent is at work.
    Rig& start_agent();
    // The agent's return value, after it returned.
    Hresult agent();

    std::string device_name(int index) const;
    std::uint8_t* buffer();
    // Queues a Write of a whole buffer of the first device.
    Sent& write(int device = 0);
    Sent& send(Dword code, int device = 0);
    // A command without buffer that lives as long as this, and is not sent.
    Sent& prepare(Dword code);
    VDC_Command* fetch(int device = 0);
    Hresult complete(VDC_Command* command, Dword code = 0, int device = 0);
    // Gives back what the client has in its hands, and closes both ends.
    void close();
    // The first device, or, where none is open, all a caller can have: one of a closed set.
    ClientDevice& client_device_or_dead();
    ServerDevice& server_device_or_dead();

    std::string name;
    VDConfig request = {};
    ClientSet client{"test client"};
    ServerSet server;
    std::vector<std::unique_ptr<ClientDevice>> client_devices;
    std::vector<std::unique_ptr<ServerDevice>> server_devices;

private:
    Rig& former();

    std::unique_ptr<Rig> former_;
    std::vector<std::unique_ptr<Sent>> sent_;
    std::vector<std::pair<int, VDC_Command*>> in_hand_;
    std::future<Hresult> agent_;
};

// A call on a thread of its own that is expected to block.
std::future<Hresult> start(std::function<Hresult()> call);
// The result, which has to come soon (ABORT-8, ABORT-9: a second), even on a busy machine.
Hresult soon(std::future<Hresult>& call);

}  // namespace sluice::test
