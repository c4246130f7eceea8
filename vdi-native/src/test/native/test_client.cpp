// The client's end: every cell of table E.1, and what each call returns there besides.
#include <cstring>
#include <map>

#include "test_rig.h"

namespace sluice::test {
namespace {

enum Column { kDne, kConfigurable, kInitializing, kActive, kNt, kAborted, kColumns };

constexpr const char* kColumnNames[kColumns] = {"DNE",    "Configurable", "Initializing",
                                                "Active", "NT",           "Abort"};

std::unique_ptr<Rig> in(int column) {
    auto rig = std::make_unique<Rig>();
    switch (column) {
        case kDne:
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
            break;
        default:
            rig->activate().abort();
            break;
    }
    return rig;
}

// The client's state, told from what its calls answer.
int column_of(Rig& rig) {
    VDConfig configuration;
    switch (rig.client.get_configuration(0, &configuration)) {
        case vdi::kProtocol:
            return kDne;
        case vdi::kTimeout:
            return kConfigurable;
        case vdi::kAbort:
            return kAborted;
        default:
            break;
    }
    if (rig.client_devices.empty()) {
        return kInitializing;
    }
    VDC_Command* command = nullptr;
    Hresult fetched = rig.client_devices[0]->get_command(0, &command);
    return fetched == vdi::kProtocol ? kNt : kActive;
}

struct Cell {
    Hresult status;
    int next;
};

using Row = std::function<Hresult(Rig&)>;

void walk(const char* function, const Row& call, const std::vector<Cell>& cells) {
    for (int column = 0; column < kColumns; column++) {
        std::unique_ptr<Rig> rig = in(column);
        std::string cell = std::string(function) + " in " + kColumnNames[column];
        if (column_of(*rig) != column) {
            failed(__FILE__, __LINE__, cell + ": the state is not reached");
        }
        check_equal(call(*rig), cells[column].status, cell.c_str(), __FILE__, __LINE__);
        // a device of a dead or foreign set is the caller's mistake, and part of some rows
        reset_witness();
        check_equal(column_of(*rig), cells[column].next, (cell + " leads").c_str(), __FILE__,
                    __LINE__);
        reset_witness();
    }
}

std::vector<Cell> stays(std::vector<Hresult> statuses) {
    std::vector<Cell> cells;
    for (int column = 0; column < kColumns; column++) {
        cells.push_back({statuses[column], column});
    }
    return cells;
}

constexpr Hresult P = vdi::kProtocol;
constexpr Hresult A = vdi::kAbort;
constexpr Hresult I = vdi::kInvalid;
constexpr Hresult T = vdi::kTimeout;
constexpr Hresult ok = vdi::kOk;

}  // namespace

TEST(client_table_create) {
    walk("Create", [](Rig& rig) {
        Hresult status = rig.client.create("", rig.name, &rig.request);
        return status;
    }, {{ok, kConfigurable}, {P, kConfigurable}, {P, kInitializing}, {P, kActive}, {P, kNt},
        {P, kAborted}});
}

TEST(client_table_get_configuration) {
    walk("GetConfiguration", [](Rig& rig) {
        VDConfig configuration;
        return rig.client.get_configuration(0, &configuration);
    }, stays({P, T, ok, ok, ok, A}));
}

TEST(client_table_open_device) {
    walk("OpenDevice", [](Rig& rig) {
        // the server has to have opened it before the client can
        ServerDevice* server_device = nullptr;
        if (rig.server.open_device(rig.name, &server_device) == vdi::kOk) {
            rig.server_devices.emplace_back(server_device);
        }
        ClientDevice* device = nullptr;
        Hresult status = rig.client.open_device(rig.name, &device);
        if (device != nullptr) {
            rig.client_devices.emplace_back(device);
        }
        CHECK((status == vdi::kOk) == (device != nullptr));
        return status;
    }, {{P, kDne}, {P, kConfigurable}, {ok, kActive}, {vdi::kOpen, kActive}, {P, kNt},
        {A, kAborted}});
}

TEST(client_table_get_command) {
    walk("GetCommand", [](Rig& rig) {
        VDC_Command* command = nullptr;
        return rig.client_device_or_dead().get_command(0, &command);
    }, stays({P, P, P, T, P, A}));
}

TEST(client_table_complete_command) {
    walk("CompleteCommand", [](Rig& rig) {
        VDC_Command stranger = {};
        return rig.client_device_or_dead().complete_command(&stranger, 0, 0, 0);
    }, stays({P, P, P, I, P, A}));
}

TEST(client_table_signal_abort) {
    walk("SignalAbort", [](Rig& rig) { return rig.client.signal_abort(); },
         {{P, kDne}, {ok, kAborted}, {ok, kAborted}, {ok, kAborted}, {ok, kAborted},
          {ok, kAborted}});
}

TEST(client_table_close) {
    walk("Close", [](Rig& rig) { return rig.client.close(); },
         {{P, kDne}, {ok, kDne}, {ok, kDne}, {vdi::kOpen, kDne}, {ok, kDne}, {ok, kDne}});
}

TEST(client_table_open_in_secondary) {
    walk("OpenInSecondary", [](Rig& rig) { return rig.client.open_in_secondary("", rig.name); },
         stays({P, P, P, P, P, P}));
}

TEST(client_table_get_buffer_handle) {
    walk("GetBufferHandle", [](Rig& rig) {
        std::uint8_t byte = 0;
        Dword handle = 0;
        return rig.client.get_buffer_handle(&byte, &handle);
    }, stays({P, P, I, I, I, I}));
}

TEST(client_table_map_buffer_handle) {
    walk("MapBufferHandle", [](Rig& rig) {
        std::uint8_t* buffer = nullptr;
        return rig.client.map_buffer_handle(0, &buffer);
    }, stays({P, P, I, I, I, I}));
}

TEST(create_refuses_a_bad_request_name_and_instance) {
    Rig rig;
    VDConfig bad = {};
    CHECK_EQUAL(rig.client.create("", rig.name, &bad), vdi::kNotSupported);
    bad.deviceCount = 65;
    CHECK_EQUAL(rig.client.create("", rig.name, &bad), vdi::kNotSupported);
    bad.deviceCount = 1;
    bad.features = vdi::kWriteMedia;
    CHECK_EQUAL(rig.client.create("", rig.name, &bad), vdi::kNotSupported);
    CHECK_EQUAL(rig.client.create("", "a\\b", &rig.request), vdi::kInvalid);
    CHECK_EQUAL(rig.client.create("OTHER", rig.name, &rig.request), vdi::kInstanceName);
    add_instance("OTHER");
    CHECK_OK(rig.client.create("OTHER", rig.name, &rig.request));
}

TEST(a_name_is_taken_once_per_instance) {
    Rig rig;
    rig.create();
    ClientSet other("other");
    CHECK_EQUAL(other.create("", rig.name, &rig.request), vdi::kProtocol);
    add_instance("OTHER");
    CHECK_OK(other.create("OTHER", rig.name, &rig.request));
    CHECK_OK(other.close());
    CHECK_OK(rig.client.close());
    CHECK_OK(other.create("", rig.name, &rig.request));
    CHECK_OK(other.close());
}

TEST(the_client_learns_what_the_server_decided) {
    Rig rig(3);
    rig.request.alignment = 8192;
    rig.request.prefixZoneSize = 100;
    rig.configure();
    VDConfig decision;
    CHECK_OK(rig.client.get_configuration(0, &decision));
    CHECK_EQUAL(decision.deviceCount, 3u);
    CHECK_EQUAL(decision.features, static_cast<Dword>(vdi::kWriteMedia));
    CHECK_EQUAL(decision.prefixZoneSize, 100u);
    CHECK_EQUAL(decision.alignment, 8192u);
    CHECK_EQUAL(decision.blockSize, kBlock);
    CHECK_EQUAL(decision.maxIODepth, 4u);
    CHECK_EQUAL(decision.maxTransferSize, kTransfer);
    CHECK(decision.bufferAreaSize >= kBuffers * kTransfer);
}

TEST(open_device_waits_for_the_servers_and_refuses_strangers) {
    Rig rig(2);
    rig.configure();
    ClientDevice* device = nullptr;
    auto waiting = start([&] { return rig.client.open_device(rig.device_name(1), &device); });
    ServerDevice* server_device = nullptr;
    for (int d = 0; d < 2; d++) {
        CHECK_OK(rig.server.open_device(rig.device_name(d), &server_device));
        rig.server_devices.emplace_back(server_device);
    }
    CHECK_OK(soon(waiting));
    rig.client_devices.emplace_back(device);
    CHECK_EQUAL(rig.client.open_device("stranger", &device), vdi::kInvalid);
    CHECK(device == nullptr);
    CHECK_EQUAL(rig.client.open_device(rig.device_name(1), &device), vdi::kProtocol);
    CHECK_OK(rig.client.open_device(rig.name, &device));
    rig.client_devices.emplace_back(device);
    CHECK_EQUAL(rig.client.open_device("stranger", &device), vdi::kOpen);
}

TEST(data_passes_in_both_directions_without_a_copy) {
    Rig rig;
    rig.activate();
    std::uint8_t* buffer = rig.buffer();
    std::memset(buffer, 7, kTransfer);
    Sent sent(vdi::kRead, buffer, kBlock);
    sent.command.inPosition = 12345;
    CHECK_OK(rig.server_devices[0]->send_command(&sent.command));
    VDC_Command* command = rig.fetch();
    CHECK_EQUAL(command->commandCode, static_cast<Dword>(vdi::kRead));
    CHECK_EQUAL(command->size, kBlock);
    CHECK_EQUAL(command->position, 12345u);
    CHECK(command->buffer != buffer);
    CHECK_EQUAL(command->buffer[kBlock - 1], 7);
    command->buffer[0] = 9;
    CHECK_OK(rig.complete(command));
    CHECK_EQUAL(sent.code(), 0u);
    CHECK_EQUAL(sent.command.bytesTransferred, kBlock);
    CHECK_EQUAL(buffer[0], 9);
}

TEST(a_prefix_zone_lies_before_the_aligned_data) {
    Rig rig;
    rig.request.prefixZoneSize = 512;
    rig.request.alignment = 65536;
    rig.activate();
    rig.write();
    rig.write();
    VDC_Command* first = rig.fetch();
    VDC_Command* second = rig.fetch();
    CHECK_EQUAL(reinterpret_cast<std::uintptr_t>(first->buffer) % 65536, 0u);
    std::memset(second->buffer - 512, 1, 512);
    std::memset(first->buffer - 512, 2, 512 + kTransfer);
    CHECK_EQUAL(*(second->buffer - 1), 1);
    CHECK_OK(rig.complete(first));
    CHECK_OK(rig.complete(second));
}

TEST(time_outs_of_get_command_and_get_configuration_change_nothing) {
    Rig rig;
    rig.begin();
    VDConfig configuration;
    CHECK_EQUAL(rig.client.get_configuration(20, &configuration), vdi::kTimeout);
    rig.close();
    Rig active;
    active.activate();
    VDC_Command* command = nullptr;
    std::int64_t before = now();
    CHECK_EQUAL(active.client_devices[0]->get_command(20, &command), vdi::kTimeout);
    CHECK(now() - before >= 20000000);
    CHECK(command == nullptr);
    active.write();
    CHECK_OK(active.complete(active.fetch()));
}

TEST(one_devices_end_is_not_the_sets) {
    Rig rig(2);
    rig.activate();
    CHECK_OK(rig.server_devices[0]->close_device());
    VDC_Command* command = nullptr;
    CHECK_EQUAL(rig.client_devices[0]->get_command(-1, &command), vdi::kClose);
    CHECK_EQUAL(rig.client_devices[0]->get_command(-1, &command), vdi::kClose);
    rig.write(1);
    CHECK_OK(rig.complete(rig.fetch(1), 0, 1));
    eventually([&] { return rig.server_devices[1]->close_device() == vdi::kOk; });
    CHECK_EQUAL(rig.client_devices[1]->get_command(-1, &command), vdi::kClose);
    CHECK_EQUAL(rig.client_devices[0]->get_command(-1, &command), vdi::kProtocol);
    CHECK_OK(rig.agent());
}

TEST(an_error_stops_the_device_until_clear_error) {
    Rig rig;
    rig.activate();
    rig.send(vdi::kFlush);
    rig.send(vdi::kFlush);
    Sent& queued = rig.send(vdi::kFlush);
    VDC_Command* first = rig.fetch();
    VDC_Command* second = rig.fetch();
    CHECK_OK(rig.complete(first, 29));
    CHECK_EQUAL(queued.code(), static_cast<Dword>(vdi::kIoDevice));
    Sent refused(vdi::kFlush);
    CHECK_EQUAL(rig.server_devices[0]->send_command(&refused.command), vdi::kIoError);
    CHECK_EQUAL(refused.code(), static_cast<Dword>(vdi::kIoDevice));
    CHECK(refused.caller() == std::this_thread::get_id());
    Sent& clear = rig.send(vdi::kClearError);
    VDC_Command* command = nullptr;
    // held back until the client has given back what it fetched
    CHECK_EQUAL(rig.client_devices[0]->get_command(20, &command), vdi::kTimeout);
    CHECK_OK(rig.complete(second));
    CHECK_OK(rig.complete(rig.fetch()));
    CHECK_EQUAL(clear.code(), 0u);
    Sent& after = rig.send(vdi::kFlush);
    CHECK_OK(rig.complete(rig.fetch()));
    CHECK_EQUAL(after.code(), 0u);
}

TEST(buffer_handles_name_what_was_delivered) {
    Rig rig;
    rig.activate();
    rig.write();
    VDC_Command* command = rig.fetch();
    Dword handle = 0;
    CHECK_OK(rig.client.get_buffer_handle(command->buffer, &handle));
    CHECK_EQUAL(rig.client.get_buffer_handle(command->buffer + 1, &handle), vdi::kInvalid);
    std::uint8_t* mapped = nullptr;
    CHECK_OK(rig.client.map_buffer_handle(handle, &mapped));
    CHECK(mapped == command->buffer);
    CHECK_EQUAL(rig.client.map_buffer_handle(handle + 1, &mapped), vdi::kInvalid);
    CHECK(mapped == nullptr);
    CHECK_OK(rig.complete(command));
}

TEST(a_secondary_joins_a_configured_set_only) {
    Rig rig(2);
    rig.begin();
    ClientSet second("second");
    CHECK_EQUAL(second.open_in_secondary("", rig.name), vdi::kProtocol);
    CHECK_OK(rig.server.request_buffers(kTransfer, 0, kBuffers));
    CHECK_OK(rig.server.end_configuration());
    CHECK_EQUAL(second.open_in_secondary("", rig.name), vdi::kProtocol);
    VDConfig configuration;
    CHECK_OK(rig.client.get_configuration(0, &configuration));
    CHECK_EQUAL(second.open_in_secondary("OTHER", rig.name), vdi::kInstanceName);
    CHECK_OK(second.open_in_secondary("", rig.name));
    CHECK_OK(second.get_configuration(0, &configuration));
    CHECK_EQUAL(second.open_in_secondary("", rig.name), vdi::kProtocol);
    // it opened nothing: its end is not the set's
    CHECK_OK(second.close());
    CHECK_OK(rig.client.get_configuration(0, &configuration));
    CHECK_OK(rig.client.signal_abort());
    CHECK_EQUAL(second.open_in_secondary("", rig.name), vdi::kAbort);
}

TEST(an_object_is_used_again_without_a_trace_of_the_abort) {
    Rig rig;
    rig.create();
    CHECK_OK(rig.client.signal_abort());
    CHECK_OK(rig.client.close());
    rig.activate();
    rig.write();
    CHECK_OK(rig.complete(rig.fetch()));
}

}  // namespace sluice::test
