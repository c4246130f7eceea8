// Section I of vdi-facts on the core, both sides. The numbers are those of the requirements.
#include <cstring>

#include "test_rig.h"

namespace sluice::test {
namespace {

struct Side {
    const char* name;
    std::function<Hresult(Rig&)> abort;
};

const std::vector<Side>& sides() {
    static const auto& all = *new std::vector<Side>{
        {"client", [](Rig& rig) { return rig.client.signal_abort(); }},
        {"server", [](Rig& rig) { return rig.server.signal_abort(); }},
    };
    return all;
}

void on_both_sides(const std::function<void(const Side&)>& body) {
    for (const Side& side : sides()) {
        body(side);
    }
}

}  // namespace

TEST(abort_03_is_idempotent_05_seen_on_both_sides_14_and_sticky) {
    on_both_sides([](const Side& side) {
        Rig rig;
        rig.activate();
        for (int i = 0; i < 3; i++) {
            CHECK_OK(side.abort(rig));
        }
        VDConfig configuration;
        VDC_Command* command = nullptr;
        for (int i = 0; i < 3; i++) {
            CHECK_EQUAL(rig.client.get_configuration(0, &configuration), vdi::kAbort);
            CHECK_EQUAL(rig.client_devices[0]->get_command(0, &command), vdi::kAbort);
            CHECK_EQUAL(rig.server.get_configuration(&configuration), vdi::kAbort);
        }
        CHECK_OK(rig.client.signal_abort());
        CHECK_OK(rig.server.signal_abort());
    });
}

TEST(abort_06_comes_from_inside_a_routine_and_with_a_command_in_hand) {
    static Rig* now_open = nullptr;
    Rig rig;
    now_open = &rig;
    rig.activate();
    VDS_Command command = {};
    command.commandCode = vdi::kFlush;
    command.completionRoutine = [](VDS_Command*) { CHECK_OK(now_open->server.signal_abort()); };
    CHECK_OK(rig.server_devices[0]->send_command(&command));
    Sent& held = rig.write();
    VDC_Command* first = rig.fetch();
    rig.fetch();
    CHECK_OK(rig.complete(first));
    CHECK_EQUAL(held.code(), static_cast<Dword>(vdi::kOperationAborted));
    CHECK_EQUAL(rig.agent(), vdi::kAbort);
}

TEST(abort_08_wakes_get_configuration) {
    on_both_sides([](const Side& side) {
        Rig rig;
        rig.begin();
        VDConfig configuration;
        auto waiting = start([&] { return rig.client.get_configuration(-1, &configuration); });
        CHECK_OK(side.abort(rig));
        CHECK_EQUAL(soon(waiting), vdi::kAbort);
    });
}

TEST(abort_09_wakes_get_command_on_every_device) {
    on_both_sides([](const Side& side) {
        Rig rig(4);
        rig.activate();
        std::vector<std::future<Hresult>> waiting;
        for (const auto& device : rig.client_devices) {
            waiting.push_back(start([&device] {
                VDC_Command* command = nullptr;
                return device->get_command(-1, &command);
            }));
        }
        CHECK_OK(side.abort(rig));
        for (auto& call : waiting) {
            CHECK_EQUAL(soon(call), vdi::kAbort);
        }
    });
}

TEST(abort_09_wakes_open_device) {
    on_both_sides([](const Side& side) {
        Rig rig;
        rig.configure();
        ClientDevice* device = nullptr;
        auto waiting = start([&] { return rig.client.open_device(rig.name, &device); });
        CHECK_OK(side.abort(rig));
        CHECK_EQUAL(soon(waiting), vdi::kAbort);
        // ABORT-11
        CHECK_EQUAL(rig.client.open_device(rig.name, &device), vdi::kAbort);
        CHECK(device == nullptr);
    });
}

TEST(abort_10_outranks_queued_commands_and_the_end) {
    on_both_sides([](const Side& side) {
        Rig rig(2);
        rig.activate();
        Sent& queued = rig.write(0);
        CHECK_OK(rig.server_devices[1]->close_device());
        CHECK_OK(side.abort(rig));
        VDC_Command* command = nullptr;
        for (const auto& device : rig.client_devices) {
            CHECK_EQUAL(device->get_command(-1, &command), vdi::kAbort);
        }
        CHECK_EQUAL(queued.code(), static_cast<Dword>(vdi::kOperationAborted));
    });
}

TEST(abort_12_completion_is_refused_and_ignored_17_the_server_gets_995) {
    on_both_sides([](const Side& side) {
        Rig rig;
        rig.activate();
        Sent& in_hands = rig.write();
        Sent& queued = rig.write();
        VDC_Command* command = rig.fetch();
        CHECK_OK(side.abort(rig));
        for (Sent* sent : {&in_hands, &queued}) {
            CHECK_EQUAL(sent->code(), static_cast<Dword>(vdi::kOperationAborted));
            CHECK_EQUAL(sent->command.bytesTransferred, 0u);
            CHECK_EQUAL(sent->command.outPosition, 0u);
        }
        CHECK_EQUAL(rig.complete(command), vdi::kAbort);
        CHECK_EQUAL(rig.agent(), vdi::kAbort);
        CHECK_EQUAL(in_hands.calls(), 1);
        CHECK_EQUAL(queued.calls(), 1);
    });
}

TEST(abort_16_refuses_commands_20_buffers_21_configuration_22_ends) {
    on_both_sides([](const Side& side) {
        Rig rig;
        rig.activate();
        CHECK_OK(side.abort(rig));
        Sent late(vdi::kFlush);
        CHECK_EQUAL(rig.server_devices[0]->send_command(&late.command), vdi::kAbort);
        CHECK_EQUAL(late.code(), static_cast<Dword>(vdi::kOperationAborted));
        CHECK(late.caller() == std::this_thread::get_id());
        std::uint8_t* buffer = nullptr;
        CHECK_EQUAL(rig.server.allocate_buffer(&buffer, kTransfer, 0), vdi::kAbort);
        CHECK_EQUAL(rig.server.request_buffers(kTransfer, 0, 1), vdi::kAbort);
        CHECK_EQUAL(rig.server.end_configuration(), vdi::kAbort);
        CHECK_EQUAL(rig.server_devices[0]->close_device(), vdi::kAbort);
    });
}

TEST(abort_18_one_routine_per_command_whatever_the_race) {
    for (int round = 0; round < 200; round++) {
        Rig rig(2);
        rig.activate();
        std::vector<Sent*> sent;
        for (int i = 0; i < 6; i++) {
            sent.push_back(&rig.write(i % 2));
        }
        std::vector<std::future<Hresult>> clients;
        for (int d = 0; d < 2; d++) {
            clients.push_back(start([&rig, d] {
                while (true) {
                    VDC_Command* command = nullptr;
                    Hresult status = rig.client_devices[d]->get_command(-1, &command);
                    if (status != vdi::kOk) {
                        return status;
                    }
                    rig.client_devices[d]->complete_command(command, 0, kTransfer, 0);
                }
            }));
        }
        auto aborting = start([&] {
            return round % 2 == 0 ? rig.client.signal_abort() : rig.server.signal_abort();
        });
        CHECK_OK(soon(aborting));
        for (auto& client : clients) {
            CHECK_EQUAL(soon(client), vdi::kAbort);
        }
        CHECK_EQUAL(rig.agent(), vdi::kAbort);
        for (Sent* one : sent) {
            CHECK_EQUAL(one->calls(), 1);
            CHECK(one->code() == 0 || one->code() == vdi::kOperationAborted);
        }
        rig.close();
    }
}

TEST(abort_23_a_server_cannot_open_an_aborted_set) {
    Rig rig;
    rig.create();
    CHECK_OK(rig.client.signal_abort());
    CHECK_EQUAL(rig.server.open("", rig.name), vdi::kAbort);
    CHECK_OK(rig.client.close());
    CHECK_EQUAL(rig.server.open("", rig.name), vdi::kInvalid);
}

TEST(abort_24_moves_no_buffer_25_and_unmaps_none) {
    Rig rig;
    rig.activate();
    Sent& sent = rig.write();
    VDC_Command* command = rig.fetch();
    CHECK_OK(rig.server.signal_abort());
    CHECK_EQUAL(sent.code(), static_cast<Dword>(vdi::kOperationAborted));
    std::memset(command->buffer, 3, kTransfer);
    // not even after the server's Close
    CHECK_OK(rig.server.close());
    std::memset(command->buffer, 4, kTransfer);
    CHECK_EQUAL(rig.complete(command), vdi::kAbort);
}

TEST(abort_28_close_with_open_devices_aborts) {
    Rig rig;
    rig.activate();
    Sent& sent = rig.write();
    CHECK_EQUAL(rig.client.close(), vdi::kOpen);
    CHECK_EQUAL(sent.code(), static_cast<Dword>(vdi::kOperationAborted));
    CHECK_EQUAL(rig.agent(), vdi::kAbort);
    // ABORT-29
    CHECK_EQUAL(rig.client.close(), vdi::kProtocol);
}

TEST(abort_30_close_before_devices_are_open_is_seen_by_the_server) {
    for (bool configured : {false, true}) {
        Rig rig;
        configured ? rig.configure() : rig.begin();
        CHECK_OK(rig.client.close());
        VDConfig configuration;
        CHECK_EQUAL(rig.server.get_configuration(&configuration), vdi::kAbort);
    }
}

TEST(abort_31_server_close_with_open_devices_aborts_32_and_releases) {
    Rig rig;
    rig.activate();
    Sent& in_hands = rig.write();
    Sent& queued = rig.write();
    VDC_Command* command = rig.fetch();
    CHECK_EQUAL(rig.server.close(), vdi::kProtocol);
    CHECK_EQUAL(in_hands.calls(), 1);
    CHECK_EQUAL(queued.calls(), 1);
    CHECK_EQUAL(in_hands.code(), static_cast<Dword>(vdi::kOperationAborted));
    CHECK_EQUAL(counter_value("server_sets"), 0);
    CHECK_EQUAL(rig.complete(command), vdi::kAbort);
    CHECK_EQUAL(rig.agent(), vdi::kAbort);
}

TEST(abort_36_the_death_of_the_server_is_found_out) {
    settings().strict_buffers = true;
    Rig rig;
    rig.activate();
    VDC_Command* command = nullptr;
    Sent& sent = rig.write();
    VDC_Command* held = rig.fetch();
    auto waiting = start([&] { return rig.client_devices[0]->get_command(-1, &command); });
    CHECK_EQUAL(die(rig.name), 1);
    CHECK_EQUAL(soon(waiting), vdi::kAbort);
    CHECK_EQUAL(rig.complete(held), vdi::kAbort);
    rig.agent();
    // a dead server is told nothing
    CHECK_EQUAL(sent.calls(), 0);
    sent.command.buffer[0] = 1;
    CHECK_OK(rig.server.close());
    CHECK_OK(rig.client.close());
}

TEST(abort_38_a_secondary_aborts_all) {
    Rig rig(2);
    rig.configure();
    ClientSet second("second");
    CHECK_OK(second.open_in_secondary("", rig.name));
    VDConfig configuration;
    auto waiting = start([&] {
        ClientDevice* device = nullptr;
        return rig.client.open_device(rig.name, &device);
    });
    CHECK_OK(second.signal_abort());
    CHECK_EQUAL(soon(waiting), vdi::kAbort);
    CHECK_EQUAL(rig.server.get_configuration(&configuration), vdi::kAbort);
    CHECK_OK(second.close());
}

TEST(abort_38_a_secondary_that_closes_with_its_device_open_aborts) {
    Rig rig(2);
    rig.configure();
    ServerDevice* server_device = nullptr;
    CHECK_OK(rig.server.open_device(rig.name, &server_device));
    rig.server_devices.emplace_back(server_device);
    ClientSet second("second");
    CHECK_OK(second.open_in_secondary("", rig.name));
    ClientDevice* device = nullptr;
    CHECK_OK(second.open_device(rig.name, &device));
    CHECK_EQUAL(second.close(), vdi::kOpen);
    VDConfig configuration;
    CHECK_EQUAL(rig.client.get_configuration(0, &configuration), vdi::kAbort);
    delete device;
}

TEST(abort_39_two_intervals_without_completion) {
    Rig rig;
    rig.request.serverTimeOut = 400;
    rig.activate();
    VDC_Command* command = nullptr;
    // idle time does not count
    CHECK_EQUAL(rig.client_devices[0]->get_command(1200, &command), vdi::kTimeout);
    Sent& first = rig.send(vdi::kFlush);
    rig.send(vdi::kFlush);
    std::int64_t sent_at = now();
    VDC_Command* held = rig.fetch();
    CHECK_EQUAL(first.code(), static_cast<Dword>(vdi::kOperationAborted));
    CHECK(now() - sent_at > 800000000);
    CHECK_EQUAL(rig.complete(held), vdi::kAbort);
}

TEST(an_abort_is_ordered_before_a_command_is_fetched) {
    Rig rig;
    order_abort({"", 0, 2, Moment::kBeforeFetch});
    rig.activate();
    rig.write();
    rig.write();
    CHECK_OK(rig.complete(rig.fetch()));
    VDC_Command* command = nullptr;
    CHECK_EQUAL(rig.client_devices[0]->get_command(-1, &command), vdi::kAbort);
}

TEST(an_abort_is_ordered_as_a_command_is_fetched) {
    Rig rig;
    order_abort({rig.name, 0, 1, Moment::kInHands});
    rig.activate();
    rig.write();
    VDC_Command* command = rig.fetch();
    VDConfig configuration;
    CHECK_EQUAL(rig.client.get_configuration(0, &configuration), vdi::kAbort);
    CHECK_EQUAL(rig.complete(command), vdi::kAbort);
}

TEST(an_abort_is_ordered_as_a_command_is_completed) {
    Rig rig;
    order_abort({"another set", 0, 1, Moment::kBeforeFetch});
    order_abort({rig.name, 0, 1, Moment::kAtCompletion});
    rig.activate();
    rig.write();
    VDC_Command* command = rig.fetch();
    VDConfig configuration;
    CHECK_OK(rig.client.get_configuration(0, &configuration));
    CHECK_EQUAL(rig.complete(command), vdi::kAbort);
}

}  // namespace sluice::test
