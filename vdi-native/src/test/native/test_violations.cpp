// What a caller does wrong is seen, through both shapes of the interface.
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <thread>

#include "apartment.h"
#include "test_rig.h"
#include "vdi_posix.h"

extern "C" Hresult CoInitializeEx(void*, std::uint32_t);
extern "C" void CoUninitialize();
extern "C" Hresult CoCreateInstance(const Guid*, void*, std::uint32_t, const Guid*, void**);

namespace sluice::test {
namespace {

// Whether something ends the process with a signal; it runs in a child.
bool crashes(const std::function<void()>& body) {
    pid_t child = ::fork();
    if (child == 0) {
        body();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    // a checker of memory ends the process in its own way
    return (WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV)
           || (WIFEXITED(status) && WEXITSTATUS(status) != 0);
}

template <typename Interface>
Interface* create(const Guid& clsid, const Guid& iid) {
    void* object = nullptr;
    CHECK_OK(CoCreateInstance(&clsid, nullptr, vdi::kClsctxInprocServer, &iid, &object));
    return static_cast<Interface*>(object);
}

vdi::IClientVirtualDeviceSet2* create_client() {
    return create<vdi::IClientVirtualDeviceSet2>(vdi::kClsidClientSet, vdi::kIidClientSet2);
}

struct Posix {
    Posix() : set(new (std::calloc(1, sizeof(ClientVirtualDeviceSet))) ClientVirtualDeviceSet()) {}
    ~Posix() {
        set->~ClientVirtualDeviceSet();
        std::free(set);
    }
    ClientVirtualDeviceSet* set;
};

}  // namespace

TEST(a_buffer_touched_after_close_crashes) {
    CHECK(crashes([] {
        Rig rig;
        rig.activate();
        rig.write();
        std::uint8_t* buffer = rig.fetch()->buffer;
        buffer[0] = 1;
        rig.client.close();
        buffer[0] = 2;
    }));
}

TEST(a_command_is_read_only_and_gone_after_close) {
    CHECK(crashes([] {
        Rig rig;
        rig.activate();
        rig.write();
        rig.fetch()->size = 1;
    }));
    CHECK(crashes([] {
        Rig rig;
        rig.activate();
        rig.write();
        volatile VDC_Command* command = rig.fetch();
        rig.client.close();
        ::_exit(command->size == 0 ? 0 : 0);
    }));
}

TEST(a_buffer_overrun_crashes) {
    CHECK(crashes([] {
        Rig rig;
        rig.activate();
        rig.write();
        rig.fetch()->buffer[kTransfer] = 1;
    }));
}

TEST(a_strict_buffer_is_the_clients_only_while_it_has_the_command) {
    settings().strict_buffers = true;
    auto body = [](bool late) {
        Rig rig;
        rig.activate();
        Sent& sent = rig.write();
        VDC_Command* command = rig.fetch();
        std::uint8_t* buffer = command->buffer;
        buffer[1] = 9;
        CHECK_OK(rig.complete(command));
        CHECK_EQUAL(sent.code(), 0u);
        CHECK_EQUAL(sent.command.buffer[1], 9);
        if (late) {
            buffer[1] = 10;
        }
        rig.client.close();
    };
    CHECK(!crashes([&] { body(false); }));
    CHECK(crashes([&] { body(true); }));
}

TEST(a_strict_buffer_is_the_servers_only_while_it_is_not_under_way) {
    settings().strict_buffers = true;
    auto body = [](bool early) {
        Rig rig;
        rig.activate();
        Sent& sent = rig.write();
        VDC_Command* command = rig.fetch();
        if (early) {
            sent.command.buffer[1] = 8;
        }
        CHECK_OK(rig.complete(command));
        CHECK_EQUAL(sent.code(), 0u);
        sent.command.buffer[1] = 9;
        // an abort brings it back, too
        CHECK_OK(rig.server_devices[0]->send_command(&sent.command));
        rig.fetch();
        CHECK_OK(rig.server.signal_abort());
        eventually([&] { return sent.calls() == 2; });
        sent.command.buffer[1] = 10;
    };
    CHECK(!crashes([&] { body(false); }));
    CHECK(crashes([&] { body(true); }));
}

TEST(a_command_the_server_changes_under_way_is_seen) {
    Rig rig;
    rig.activate();
    Sent& sent = rig.write();
    VDC_Command* command = rig.fetch();
    sent.command.size = kBlock;
    CHECK_OK(rig.complete(command));
    CHECK_EQUAL(sent.code(), 0u);
    expect_violation("the server changed command 2");
}

TEST(a_clients_request_leaves_the_servers_fields_zero) {
    Rig rig;
    rig.request.maxIODepth = 4;
    rig.create();
    expect_violation("the server's fields");
}

TEST(a_completed_command_is_poisoned_and_cannot_be_completed_again) {
    Rig rig;
    rig.activate();
    rig.send(vdi::kFlush);
    rig.send(vdi::kFlush);
    VDC_Command* command = rig.fetch();
    VDC_Command* other = rig.fetch();
    CHECK(command != other);
    CHECK_OK(rig.complete(command));
    CHECK_EQUAL(command->commandCode, 0xDDDDDDDDu);
    CHECK_EQUAL(rig.client_devices[0]->complete_command(command, 0, 0, 0), vdi::kInvalid);
    expect_violation("completed already");
    VDC_Command stranger = *other;
    CHECK_EQUAL(rig.client_devices[0]->complete_command(&stranger, 0, 0, 0), vdi::kInvalid);
    expect_violation("not one of this device");
    CHECK_OK(rig.complete(other));
}

TEST(completions_are_checked) {
    Rig rig;
    rig.activate();
    rig.write();
    VDC_Command* command = nullptr;
    CHECK_OK(rig.client_devices[0]->get_command(-1, &command));
    CHECK_EQUAL(rig.client_devices[0]->complete_command(command, 0, kTransfer + 1, 0),
                vdi::kInvalid);
    expect_violation("65537 bytes transferred of 65536");
    CHECK_OK(rig.client_devices[0]->complete_command(command, 0x80770004, 0, 0));
    expect_violation("is an HRESULT");
}

TEST(close_with_a_command_in_hand_is_seen_unless_it_was_given_back) {
    Rig rig;
    rig.activate();
    rig.write();
    VDC_Command* command = rig.fetch();
    CHECK_OK(rig.client.signal_abort());
    CHECK_EQUAL(rig.complete(command), vdi::kAbort);
    CHECK_OK(rig.client.close());
    CHECK_EQUAL(counter_value("closes_with_outstanding"), 0);
    Rig careless;
    careless.activate();
    careless.write();
    VDC_Command* held = nullptr;
    CHECK_OK(careless.client_devices[0]->get_command(-1, &held));
    CHECK_EQUAL(careless.client.close(), vdi::kOpen);
    CHECK_EQUAL(counter_value("closes_with_outstanding"), 1);
    expect_violation("1 fetched commands are not given back");
    CHECK_EQUAL(counter_value("outstanding"), 0);
}

TEST(close_with_a_thread_inside_is_seen_and_waits_for_it) {
    Rig rig;
    rig.activate();
    VDC_Command* command = nullptr;
    auto inside = start([&] { return rig.client_devices[0]->get_command(-1, &command); });
    eventually([&] { return rig.client_devices[0]->is_fetching(); });
    CHECK_EQUAL(rig.client.close(), vdi::kOpen);
    CHECK_EQUAL(soon(inside), vdi::kAbort);
    expect_violation("while 1 threads are inside calls");
}

TEST(two_threads_in_get_command_of_one_device_are_seen) {
    Rig rig;
    rig.activate();
    VDC_Command* first = nullptr;
    VDC_Command* second = nullptr;
    auto one = start([&] { return rig.client_devices[0]->get_command(-1, &first); });
    auto two = start([&] { return rig.client_devices[0]->get_command(-1, &second); });
    eventually([] { return violations() == 1; });
    CHECK_OK(rig.client.signal_abort());
    CHECK_EQUAL(soon(one), vdi::kAbort);
    CHECK_EQUAL(soon(two), vdi::kAbort);
    expect_violation("two threads are in GetCommand");
}

TEST(any_function_can_be_made_to_fail) {
    Rig rig;
    CHECK(order_fault("Create", 1, 2, vdi::kSecurity));
    CHECK_EQUAL(rig.client.create("", rig.name, &rig.request), vdi::kSecurity);
    CHECK_EQUAL(rig.client.create("", rig.name, &rig.request), vdi::kSecurity);
    rig.activate();
    CHECK(order_fault("Server.SendCommand", 2, 1, vdi::kQueueFull));
    rig.send(vdi::kFlush);
    Sent refused(vdi::kFlush);
    CHECK_EQUAL(rig.server_devices[0]->send_command(&refused.command), vdi::kQueueFull);
    CHECK_EQUAL(refused.code(), static_cast<Dword>(vdi::kNoSystemResources));
    CHECK(order_fault("GetCommand", 1, -1, vdi::kUnexpected));
    VDC_Command* command = nullptr;
    for (int i = 0; i < 3; i++) {
        CHECK_EQUAL(rig.client_devices[0]->get_command(-1, &command), vdi::kUnexpected);
    }
    CHECK(order_fault("GetCommand", 1, 0, 0));
    CHECK_OK(rig.client_devices[0]->get_command(-1, &command));
    CHECK_OK(rig.client_devices[0]->complete_command(command, 0, 0, 0));
    CHECK(!order_fault("Unknown", 1, 1, 0));
}

TEST(a_function_can_be_made_slow) {
    Rig rig;
    CHECK(order_delay("Create", 50));
    std::int64_t before = now();
    rig.create();
    CHECK(now() - before >= 50000000);
}

TEST(com_threads_have_to_be_in_an_apartment) {
    void* object = nullptr;
    CHECK_EQUAL(CoCreateInstance(&vdi::kClsidClientSet, nullptr, 1, &vdi::kIidClientSet2, &object),
                vdi::kNotInitialized);
    expect_violation("CoCreateInstance on a thread that has not entered");
    CHECK_EQUAL(CoInitializeEx(nullptr, 0), vdi::kOk);
    CHECK_EQUAL(CoInitializeEx(nullptr, 0), vdi::kFalse);
    CHECK_EQUAL(CoInitializeEx(nullptr, vdi::kCoinitApartmentThreaded), vdi::kChangedMode);
    auto* set = create_client();
    std::thread([&] { set->SignalAbort(); }).join();
    expect_violation("SignalAbort on a thread that has not entered");
    std::thread([&] {
        put_in_foreign_apartment(true);
        CHECK_EQUAL(CoInitializeEx(nullptr, 0), vdi::kChangedMode);
        CHECK_EQUAL(set->SignalAbort(), vdi::kProtocol);
        put_in_foreign_apartment(false);
    }).join();
    expect_violation("SignalAbort on a thread of a single-threaded apartment");
    CHECK_EQUAL(set->Release(), 0u);
    CoUninitialize();
    CoUninitialize();
    CoUninitialize();
    expect_violation("CoUninitialize on a thread that has not entered");
    std::thread([] { CoInitializeEx(nullptr, 0); }).join();
    expect_violation("a thread ended in its apartment");
}

TEST(com_objects_live_in_an_apartment_that_somebody_keeps) {
    CHECK_EQUAL(CoInitializeEx(nullptr, 0), vdi::kOk);
    auto* set = create_client();
    std::thread([&] {
        CHECK_EQUAL(CoInitializeEx(nullptr, 0), vdi::kOk);
        CoUninitialize();
    }).join();
    CHECK_EQUAL(violations(), 0);
    CoUninitialize();
    expect_violation("the last thread leaves the multithreaded apartment, with 1 references");
    CoInitializeEx(nullptr, 0);
    CHECK_EQUAL(set->Release(), 0u);
    CoUninitialize();
}

TEST(com_objects_offer_their_interfaces_and_count_references) {
    CoInitializeEx(nullptr, 0);
    auto* set = create_client();
    void* other = nullptr;
    for (const Guid* iid : {&vdi::kIidUnknown, &vdi::kIidClientSet, &vdi::kIidClientSet2}) {
        CHECK_OK(set->QueryInterface(iid, &other));
        CHECK(other == set);
    }
    CHECK_EQUAL(set->QueryInterface(&vdi::kIidServerSet2, &other), vdi::kNoInterface);
    CHECK(other == nullptr);
    CHECK_EQUAL(counter_value("references"), 4);
    CHECK_EQUAL(set->AddRef(), 5u);
    for (Dword left = 5; left-- > 0;) {
        CHECK_EQUAL(set->Release(), left);
    }
    CHECK_EQUAL(set->Release(), 0u);
    expect_violation("Release after the last Release");
    CHECK_EQUAL(set->SignalAbort(), vdi::kProtocol);
    expect_violation("SignalAbort after the last Release");
    CHECK_EQUAL(CoCreateInstance(&vdi::kClsidClientSet, nullptr, 1, &vdi::kIidServerSet2, &other),
                vdi::kNoInterface);
    CHECK_EQUAL(CoCreateInstance(&vdi::kIidServerDevice, nullptr, 1, &vdi::kIidUnknown, &other),
                vdi::kClassNotRegistered);
    CHECK_EQUAL(CoCreateInstance(&vdi::kClsidClientSet, nullptr, 4, &vdi::kIidUnknown, &other),
                vdi::kClassNotRegistered);
    CHECK_EQUAL(CoCreateInstance(&vdi::kClsidClientSet, &other, 1, &vdi::kIidUnknown, &other),
                vdi::kNoAggregation);
    CHECK(order_fault("CoCreateInstance", 1, 1, vdi::kClassNotAvailable));
    CHECK_EQUAL(CoCreateInstance(&vdi::kClsidClientSet, nullptr, 1, &vdi::kIidClientSet2, &other),
                vdi::kClassNotAvailable);
    CoUninitialize();
}

TEST(com_devices_die_with_their_set) {
    CoInitializeEx(nullptr, 0);
    auto* client = create_client();
    auto* server = create<vdi::IServerVirtualDeviceSet2>(vdi::kClsidServerSet, vdi::kIidServerSet2);
    VDConfig configuration = {};
    configuration.deviceCount = 1;
    // with a character beyond the basic plane, which is two units
    const char16_t* name = u"self-test-\u00fc\U0001f600";
    CHECK_OK(client->CreateEx(nullptr, name, &configuration));
    CHECK_OK(server->Open(nullptr, name));
    CHECK_OK(server->BeginConfiguration(vdi::kWriteMedia, kBlock, kBlock, kTransfer, 0));
    CHECK_OK(server->EndConfiguration());
    CHECK_OK(client->GetConfiguration(vdi::kInfinite, &configuration));
    vdi::IServerVirtualDevice* server_device = nullptr;
    vdi::IClientVirtualDevice* device = nullptr;
    CHECK_OK(server->OpenDevice(name, &server_device));
    CHECK_OK(client->OpenDevice(name, &device));
    CHECK_EQUAL(counter_value("devices"), 1);
    CHECK_EQUAL(client->Close(), vdi::kOpen);
    CHECK_EQUAL(counter_value("devices_dropped_at_close"), 1);
    VDC_Command* command = nullptr;
    CHECK_EQUAL(device->GetCommand(0, &command), vdi::kProtocol);
    expect_violation("GetCommand after the set's Close");
    CHECK_EQUAL(device->Release(), 0u);
    expect_violation("Release after the set's Close");
    // the server's has not been released either, and there was a reset since
    CHECK_OK(server->Close());
    CHECK_EQUAL(counter_value("devices_dropped_at_close"), 1);
    CHECK_EQUAL(client->Release(), 0u);
    CHECK_EQUAL(server->Release(), 0u);
    CoUninitialize();
}

TEST(com_pointers_are_checked) {
    CoInitializeEx(nullptr, 0);
    auto* set = create_client();
    VDConfig configuration = {};
    CHECK_EQUAL(set->CreateEx(nullptr, nullptr, &configuration), vdi::kInvalid);
    expect_violation("the name is NULL");
    CHECK_EQUAL(set->CreateEx(nullptr, u"x", nullptr), vdi::kInvalid);
    expect_violation("the VDConfig is NULL");
    alignas(8) char memory[64] = {};
    CHECK_EQUAL(set->CreateEx(nullptr, u"x", reinterpret_cast<VDConfig*>(memory + 1)),
                vdi::kInvalid);
    expect_violation("not aligned");
    CHECK_EQUAL(set->OpenDevice(u"x", nullptr), vdi::kInvalid);
    expect_violation("the out pointer is NULL");
    configuration.deviceCount = 1;
    CHECK_EQUAL(set->CreateEx(u"HOST\\INST", u"x", &configuration), vdi::kInstanceName);
    expect_violation("contains a backslash");
    CHECK_OK(set->CreateEx(u"", u"self-test-pointers", &configuration));
    CHECK_EQUAL(set->Release(), 0u);
    expect_violation("not closed");
    CoUninitialize();
}

TEST(posix_objects_need_zeroed_memory_and_live_from_constructor_to_destructor) {
    void* memory = std::calloc(2, sizeof(ClientVirtualDeviceSet));
    auto* set = static_cast<ClientVirtualDeviceSet*>(memory);
    CHECK_EQUAL(set->SignalAbort(), vdi::kNotOpen);
    expect_violation("without a constructor");
    new (memory) ClientVirtualDeviceSet();
    CHECK_EQUAL(set->SignalAbort(), vdi::kProtocol);
    set->~ClientVirtualDeviceSet();
    CHECK_EQUAL(set->SignalAbort(), vdi::kNotOpen);
    expect_violation("after its destructor");
    // what the destructor left is not zero
    new (memory) ClientVirtualDeviceSet();
    expect_violation("is not zero");
    set->~ClientVirtualDeviceSet();
    std::free(memory);
}

TEST(posix_time_outs_have_a_unit_and_a_sign) {
    Posix posix;
    VDConfig configuration = {};
    configuration.deviceCount = 1;
    char name[] = "self-test-posix-time-outs";
    CHECK_EQUAL(posix.set->Create(name, &configuration), vdi::kOk);
    std::int64_t before = now();
    CHECK_EQUAL(posix.set->GetConfiguration(20, &configuration), vdi::kTimeout);
    CHECK(now() - before < INT64_C(20000000000));
    settings().time_outs_in_seconds = true;
    before = now();
    CHECK_EQUAL(posix.set->GetConfiguration(1, &configuration), vdi::kTimeout);
    CHECK(now() - before >= 1000000000);
    settings().time_outs_in_seconds = false;
    auto waiting = start([&] { return posix.set->GetConfiguration(0xFFFFFFFF, &configuration); });
    eventually([] { return violations() == 1; });
    CHECK_EQUAL(posix.set->SignalAbort(), vdi::kOk);
    CHECK_EQUAL(soon(waiting), vdi::kAbort);
    expect_violation("INFINITE without its sign");
    CHECK_EQUAL(posix.set->Close(), vdi::kOk);
}

TEST(posix_names_are_ascii_and_devices_are_the_librarys) {
    Posix posix;
    VDConfig configuration = {};
    configuration.deviceCount = 1;
    char name[] = "self-test-\xC3\xBC";
    CHECK_EQUAL(posix.set->Create(name, &configuration), vdi::kOk);
    expect_violation("not ASCII");
    CHECK_EQUAL(posix.set->Close(), vdi::kOk);
    posix.set->RegisterDeviceClosed();
    expect_violation("RegisterDeviceClosed");
    { ClientVirtualDevice device; }
    CHECK_EQUAL(violations(), 2);
    reset_witness();
}

TEST(the_umask_decides_whether_the_group_may_access_the_memory) {
    settings().server_is_other_user = true;
    ::umask(022);
    {
        Rig rig;
        rig.create();
        CHECK_EQUAL(settings().umask_at_create.load(), 022);
        CHECK_EQUAL(settings().group_may_access.load(), 0);
        CHECK_EQUAL(rig.server.open("", rig.name), vdi::kInvalid);
    }
    ::umask(0);
    Rig rig;
    rig.create();
    CHECK_EQUAL(settings().umask_at_create.load(), 0);
    CHECK_EQUAL(settings().group_may_access.load(), 1);
    CHECK_OK(rig.server.open("", rig.name));
}

}  // namespace sluice::test
