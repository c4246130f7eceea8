// The server's end: every cell of table E.2, and what each call returns there besides.
#include "test_rig.h"

namespace sluice::test {
namespace {

enum Column { kDne, kConnected, kConfigurable, kInitializing, kActive, kNt, kAborted, kColumns };

constexpr const char* kColumnNames[kColumns] = {
    "DNE", "Connected", "Configurable", "Initializing", "Active", "NT", "Abort"};

std::unique_ptr<Rig> in(int column) {
    auto rig = std::make_unique<Rig>();
    switch (column) {
        case kDne:
            rig->create();
            break;
        case kConnected:
            rig->connect();
            break;
        case kConfigurable:
            rig->begin();
            break;
        case kInitializing:
            rig->configure();
            break;
        case kActive:
            rig->activate();
            break;
        case kNt:
            rig->activate().finish();
            CHECK_OK(rig->agent());
            break;
        default:
            rig->activate().abort();
            CHECK_EQUAL(rig->agent(), vdi::kAbort);
            break;
    }
    return rig;
}

using Row = std::function<Hresult(Rig&)>;

void walk(const char* function, const Row& call, const std::vector<Hresult>& statuses) {
    for (int column = 0; column < kColumns; column++) {
        std::unique_ptr<Rig> rig = in(column);
        std::string cell = std::string(function) + " in " + kColumnNames[column];
        check_equal(call(*rig), statuses[column], cell.c_str(), __FILE__, __LINE__);
        // a device of a dead set is the caller's mistake, and part of some rows
        reset_witness();
    }
}

constexpr Hresult P = vdi::kProtocol;
constexpr Hresult A = vdi::kAbort;
constexpr Hresult ok = vdi::kOk;

}  // namespace

TEST(server_table_open) {
    walk("Open", [](Rig& rig) { return rig.server.open("", rig.name); }, {ok, P, P, P, P, P, P});
}

TEST(server_table_get_configuration) {
    walk("GetConfiguration", [](Rig& rig) {
        VDConfig configuration;
        return rig.server.get_configuration(&configuration);
    }, {P, ok, ok, ok, ok, ok, A});
}

TEST(server_table_begin_configuration) {
    walk("BeginConfiguration", [](Rig& rig) {
        return rig.server.begin_configuration(vdi::kReadMedia, kBlock, kBlock, kTransfer);
    }, {P, ok, P, P, P, P, A});
}

TEST(server_table_request_buffers) {
    walk("RequestBuffers",
         [](Rig& rig) { return rig.server.request_buffers(kTransfer, 0, 1); },
         {P, P, ok, ok, ok, P, A});
}

TEST(server_table_query_available_buffers) {
    walk("QueryAvailableBuffers", [](Rig& rig) {
        Dword number = 0;
        return rig.server.query_available_buffers(kTransfer, 0, &number);
    }, {P, P, ok, ok, ok, P, A});
}

TEST(server_table_end_configuration) {
    walk("EndConfiguration", [](Rig& rig) { return rig.server.end_configuration(); },
         {P, P, ok, P, P, P, A});
}

TEST(server_table_open_device) {
    walk("OpenDevice", [](Rig& rig) {
        ServerDevice* device = nullptr;
        Hresult status = rig.server.open_device(rig.name, &device);
        CHECK((status == vdi::kOk) == (device != nullptr));
        if (device != nullptr) {
            rig.server_devices.emplace_back(device);
        }
        return status;
    }, {P, P, P, ok, vdi::kOpen, P, A});
}

TEST(server_table_execute_completion_agent) {
    walk("ExecuteCompletionAgent", [](Rig& rig) {
        std::int64_t agents = counter(Counter::kAgents);
        std::future<Hresult> call = start([&] { return rig.server.execute_completion_agent(); });
        while (call.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
            // in Initializing it stays inside until the client ends the set
            if (counter(Counter::kAgents) > agents) {
                rig.client.close();
                CHECK_EQUAL(call.get(), A);
                return ok;
            }
        }
        return call.get();
    }, {P, P, P, ok, P, P, A});
}

TEST(server_table_allocate_buffer) {
    walk("AllocateBuffer", [](Rig& rig) {
        std::uint8_t* buffer = nullptr;
        return rig.server.allocate_buffer(&buffer, kTransfer, 0);
    }, {P, P, P, ok, ok, P, A});
}

TEST(server_table_free_buffer) {
    walk("FreeBuffer", [](Rig& rig) {
        std::uint8_t byte = 0;
        return rig.server.free_buffer(&byte, kTransfer);
    }, {P, P, P, vdi::kInvalid, vdi::kInvalid, vdi::kInvalid, vdi::kInvalid});
}

TEST(server_table_send_command) {
    walk("SendCommand", [](Rig& rig) {
        Sent& sent = rig.prepare(vdi::kFlush);
        Hresult status = rig.server_device_or_dead().send_command(&sent.command);
        CHECK(status == vdi::kOk || sent.calls() == 1);
        return status;
    }, {P, P, P, P, ok, P, A});
}

TEST(server_table_close_device) {
    walk("CloseDevice", [](Rig& rig) { return rig.server_device_or_dead().close_device(); },
         {P, P, P, P, ok, vdi::kClose, A});
}

TEST(server_table_signal_abort) {
    walk("SignalAbort", [](Rig& rig) {
        Hresult status = rig.server.signal_abort();
        VDConfig configuration;
        CHECK(status != vdi::kOk || rig.server.get_configuration(&configuration) == A);
        return status;
    }, {P, ok, ok, ok, ok, ok, ok});
}

TEST(server_table_close) {
    walk("Close", [](Rig& rig) {
        Hresult status = rig.server.close();
        CHECK_EQUAL(rig.server.close(), P);
        return status;
    }, {P, ok, ok, ok, P, ok, ok});
}

TEST(open_finds_living_sets_only) {
    Rig rig;
    CHECK_EQUAL(rig.server.open("", rig.name), vdi::kInvalid);
    CHECK_EQUAL(rig.server.open("OTHER", rig.name), vdi::kInstanceName);
    rig.create();
    CHECK_OK(rig.server.open("", rig.name));
    ServerSet second;
    CHECK_EQUAL(second.open("", rig.name), vdi::kProtocol);
    CHECK_OK(rig.server.close());
    CHECK_EQUAL(second.open("", rig.name), vdi::kAbort);
}

TEST(a_decision_follows_the_rules) {
    Rig rig;
    rig.connect();
    auto begin = [&](Dword features, Dword alignment, Dword block, Dword transfer) {
        return rig.server.begin_configuration(features, alignment, block, transfer);
    };
    CHECK_EQUAL(begin(0, kBlock, kBlock, kTransfer), vdi::kInvalid);
    CHECK_EQUAL(begin(vdi::kWriteMedia, kBlock, 100, kTransfer), vdi::kInvalid);
    CHECK_EQUAL(begin(vdi::kWriteMedia, 512, kBlock, kTransfer), vdi::kInvalid);
    CHECK_EQUAL(begin(vdi::kWriteMedia, kBlock, kBlock, 65537), vdi::kInvalid);
    CHECK_EQUAL(begin(vdi::kWriteMedia | vdi::kCompleteEnabled, kBlock, kBlock, kTransfer),
                vdi::kInvalid);
    CHECK_OK(begin(vdi::kWriteMedia, 0, kBlock, kTransfer));
}

TEST(memory_that_cannot_be_had_leaves_the_set_configurable) {
    Rig rig;
    rig.connect();
    CHECK_OK(rig.server.begin_configuration(vdi::kWriteMedia, kBlock, kBlock, kMaxTransferSize));
    CHECK_OK(rig.server.request_buffers(kMaxTransferSize, 0, 4000));
    CHECK_EQUAL(rig.server.end_configuration(), vdi::kMemory);
    CHECK_OK(rig.server.request_buffers(kTransfer, 0, 1));
    CHECK_OK(rig.server.end_configuration());
}

TEST(buffers_are_counted_aligned_and_freed) {
    Rig rig;
    rig.configure();
    Dword number = 0;
    CHECK_OK(rig.server.query_available_buffers(kTransfer, 0, &number));
    CHECK_EQUAL(number, kBuffers);
    std::vector<std::uint8_t*> buffers;
    for (Dword i = 0; i < kBuffers; i++) {
        buffers.push_back(rig.buffer());
        CHECK_EQUAL(reinterpret_cast<std::uintptr_t>(buffers.back()) % kBlock, 0u);
        CHECK(rig.server.is_shared_buffer(buffers.back()));
    }
    std::uint8_t* none = nullptr;
    CHECK_EQUAL(rig.server.allocate_buffer(&none, kTransfer, 0), vdi::kMemory);
    CHECK_EQUAL(rig.server.allocate_buffer(&none, kTransfer, 3), vdi::kInvalid);
    CHECK_EQUAL(rig.server.free_buffer(buffers[0], kBlock), vdi::kInvalid);
    CHECK_OK(rig.server.free_buffer(buffers[0], kTransfer));
    CHECK_EQUAL(rig.server.free_buffer(buffers[0], kTransfer), vdi::kInvalid);
    CHECK(rig.buffer() == buffers[0]);
    // more, after the configuration, with an alignment of their own
    CHECK_OK(rig.server.request_buffers(kTransfer, 65536, 2));
    CHECK_OK(rig.server.allocate_buffer(&none, kTransfer, 65536));
    CHECK_EQUAL(reinterpret_cast<std::uintptr_t>(none) % 65536, 0u);
    std::uint8_t stranger = 0;
    CHECK(!rig.server.is_shared_buffer(&stranger));
}

TEST(buffers_requested_later_reach_the_client) {
    Rig rig;
    rig.activate();
    for (Dword i = 0; i < kBuffers; i++) {
        rig.buffer();
    }
    CHECK_OK(rig.server.request_buffers(kTransfer, 0, 1));
    Sent& sent = rig.write();
    sent.command.buffer[5] = 55;
    VDC_Command* command = rig.fetch();
    CHECK_EQUAL(command->buffer[5], 55);
    CHECK_OK(rig.complete(command));
    CHECK_EQUAL(sent.code(), 0u);
}

TEST(a_full_queue_refuses_and_answers_at_once) {
    settings().queue_depth = 2;
    Rig rig;
    rig.activate();
    rig.send(vdi::kFlush);
    rig.send(vdi::kFlush);
    Sent third(vdi::kFlush);
    CHECK_EQUAL(rig.server_devices[0]->send_command(&third.command), vdi::kQueueFull);
    CHECK_EQUAL(third.code(), static_cast<Dword>(vdi::kNoSystemResources));
    CHECK(third.caller() == std::this_thread::get_id());
    VDC_Command* first = rig.fetch();
    CHECK_EQUAL(rig.server_devices[0]->send_command(&third.command), vdi::kQueueFull);
    // there is room as soon as the client has completed one, whatever the agent does
    CHECK_OK(rig.complete(first));
    rig.send(vdi::kFlush);
}

TEST(commands_queued_before_the_agent_runs_are_answered_by_it) {
    Rig rig;
    rig.open();
    Sent& sent = rig.write();
    CHECK_OK(rig.complete(rig.fetch()));
    CHECK_EQUAL(sent.calls(), 0);
    rig.start_agent();
    CHECK_EQUAL(sent.code(), 0u);
    CHECK(sent.caller() != std::this_thread::get_id());
}

TEST(transfers_need_a_free_buffer_of_the_set_and_whole_blocks) {
    Rig rig;
    rig.activate();
    std::uint8_t stranger[16];
    Sent wrong(vdi::kWrite, stranger, kBlock);
    CHECK_EQUAL(rig.server_devices[0]->send_command(&wrong.command), vdi::kInvalid);
    CHECK_EQUAL(wrong.code(), static_cast<Dword>(vdi::kInvalidParameter));
    Sent part(vdi::kWrite, rig.buffer(), kBlock - 1);
    CHECK_EQUAL(rig.server_devices[0]->send_command(&part.command), vdi::kInvalid);
    Sent& out = rig.write();
    Sent twice(vdi::kWrite, out.command.buffer, kBlock);
    CHECK_EQUAL(rig.server_devices[0]->send_command(&twice.command), vdi::kInvalid);
    CHECK_EQUAL(rig.server.free_buffer(out.command.buffer, kTransfer), vdi::kInvalid);
}

TEST(a_device_with_commands_is_busy) {
    Rig rig;
    rig.activate();
    rig.send(vdi::kFlush);
    CHECK_EQUAL(rig.server_devices[0]->close_device(), vdi::kBusy);
    CHECK_OK(rig.complete(rig.fetch()));
    eventually([&] { return rig.server_devices[0]->close_device() == vdi::kOk; });
    CHECK_EQUAL(rig.server_devices[0]->close_device(), vdi::kClose);
}

TEST(a_routine_may_send_again_and_close_the_device) {
    static Rig* now_open = nullptr;
    static int sends = 0;
    Rig rig;
    now_open = &rig;
    rig.activate();
    VDS_Command command = {};
    command.commandCode = vdi::kFlush;
    command.completionRoutine = [](VDS_Command* done) {
        ServerDevice& device = *now_open->server_devices[0];
        CHECK_OK(++sends < 100 ? device.send_command(done) : device.close_device());
    };
    CHECK_OK(rig.server_devices[0]->send_command(&command));
    for (int i = 0; i < 100; i++) {
        CHECK_OK(rig.complete(rig.fetch()));
    }
    VDC_Command* none = nullptr;
    CHECK_EQUAL(rig.client_devices[0]->get_command(-1, &none), vdi::kClose);
    CHECK_OK(rig.agent());
}

TEST(close_finds_nobody_inside_when_the_agent_is_just_ending) {
    constexpr int kRounds = 1000;
    for (int round = 0; round < kRounds; round++) {
        Rig rig;
        rig.activate().abort();
        while (rig.server.is_agent_running()) {
            std::this_thread::yield();
        }
        CHECK_OK(rig.server.close());
        CHECK_EQUAL(rig.agent(), vdi::kAbort);
    }
}

TEST(a_routine_may_close_the_set) {
    static Rig* now_open = nullptr;
    Rig rig;
    now_open = &rig;
    rig.activate();
    Sent& other = rig.send(vdi::kFlush);
    VDS_Command command = {};
    command.commandCode = vdi::kFlush;
    command.completionRoutine = [](VDS_Command*) {
        CHECK_EQUAL(now_open->server.close(), vdi::kProtocol);
    };
    CHECK_OK(rig.server_devices[0]->send_command(&command));
    VDC_Command* first = rig.fetch();
    CHECK_OK(rig.complete(rig.fetch()));
    CHECK_EQUAL(rig.agent(), vdi::kAbort);
    CHECK_EQUAL(other.code(), static_cast<Dword>(vdi::kOperationAborted));
    CHECK_EQUAL(rig.complete(first), vdi::kAbort);
}

}  // namespace sluice::test
