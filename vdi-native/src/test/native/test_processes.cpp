// Sets that live in more than one process, and what the death of one means for the others.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <thread>

#include "pattern.h"
#include "stream_server.h"
#include "test_rig.h"

namespace sluice::test {
namespace {

// Another process, made before this one has threads; told to go on, and telling what it did, by one
// byte each.
class Child {
public:
    using Body = std::function<void(Child&)>;

    explicit Child(const Body& body) {
        CHECK_EQUAL(::pipe(to_child_), 0);
        CHECK_EQUAL(::pipe(to_parent_), 0);
        pid_ = ::fork();
        if (pid_ == 0) {
            ::alarm(100);
            std::swap(to_child_, to_parent_);
            body(*this);
            ::_exit(0);
        }
    }

    ~Child() {
        if (pid_ > 0) {
            kill();
        }
    }

    // Either side: lets the other go on.
    void tell() { CHECK_EQUAL(::write(to_child_[1], "x", 1), 1); }
    // Either side: waits until the other tells.
    void await() {
        char byte;
        CHECK_EQUAL(::read(to_parent_[0], &byte, 1), 1);
    }

    void kill() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = 0;
    }

    // Waits for its end, which has to be a good one.
    void join() {
        int status = 0;
        CHECK_EQUAL(::waitpid(pid_, &status, 0), pid_);
        pid_ = 0;
        CHECK_EQUAL(status, 0);
    }

private:
    int to_child_[2];
    int to_parent_[2];
    pid_t pid_ = 0;
};

std::string stream(const std::string& options) {
    std::int64_t handle = start_stream(options);
    std::string result;
    CHECK(handle != 0 && join_stream(handle, -1, result));
    return result;
}

bool has(const std::string& result, const std::string& line) {
    return ("\n" + result).find("\n" + line + "\n") != std::string::npos;
}

void expect(const std::string& result, const std::string& line) {
    if (!has(result, line)) {
        failed(__FILE__, __LINE__, "no " + line + " in\n" + result);
    }
}

// A client that takes what comes on all devices of a set, and knows the stream's bytes.
class Taker {
public:
    explicit Taker(ClientSet& client) : client_(client) {}

    void open(const std::string& name, int number) {
        ClientDevice* device = nullptr;
        CHECK_OK(client_.open_device(name, &device));
        devices_.emplace_back(device);
        numbers_.push_back(number);
    }

    // Until the end of all; the status that ended the first.
    Hresult take() {
        std::vector<std::future<Hresult>> ends;
        for (std::size_t d = 0; d < devices_.size(); d++) {
            ends.push_back(start([this, d] { return take(*devices_[d], numbers_[d]); }));
        }
        Hresult first = ends[0].get();
        for (std::size_t d = 1; d < ends.size(); d++) {
            CHECK_EQUAL(ends[d].get(), first);
        }
        return first;
    }

    std::uint64_t bytes() const { return bytes_; }

private:
    Hresult take(ClientDevice& device, int number) {
        Pattern pattern(1, number);
        std::uint64_t position = 0;
        while (true) {
            VDC_Command* command = nullptr;
            Hresult status = device.get_command(-1, &command);
            if (status != vdi::kOk) {
                return status;
            }
            Dword done = 0;
            if (command->commandCode == vdi::kWrite) {
                CHECK_EQUAL(pattern.check(command->buffer, position, command->size), -1);
                done = command->size;
            } else if (command->commandCode == vdi::kRead) {
                pattern.fill(command->buffer, position, command->size);
                done = command->size;
            }
            position += done;
            bytes_ += done;
            device.complete_command(command, 0, done, 0);
        }
    }

    ClientSet& client_;
    std::vector<std::unique_ptr<ClientDevice>> devices_;
    std::vector<int> numbers_;
    std::atomic<std::uint64_t> bytes_{0};
};

void create(ClientSet& client, const std::string& name, int devices, Dword features = 0) {
    VDConfig request = {};
    request.deviceCount = static_cast<Dword>(devices);
    request.features = features;
    CHECK_OK(client.create("", name, &request));
}

void await_configuration(ClientSet& client) {
    VDConfig configuration;
    CHECK_OK(client.get_configuration(-1, &configuration));
}

// Opens a device and succeeds at everything until it ends.
Hresult serve(ClientSet& client, const std::string& device_name) {
    ClientDevice* opened = nullptr;
    Hresult status = client.open_device(device_name, &opened);
    std::unique_ptr<ClientDevice> device(opened);
    while (status == vdi::kOk) {
        VDC_Command* command = nullptr;
        status = device->get_command(-1, &command);
        if (status == vdi::kOk) {
            Dword bytes = vdi::has_buffer(command->commandCode) ? command->size : 0;
            device->complete_command(command, 0, bytes, 0);
        }
    }
    return status;
}

constexpr int kKills = 30;
constexpr const char* kEndless = "\nbytes=1099511627776\nmax_transfer=65536\nfill=none";

std::chrono::microseconds some_moment(int round) {
    return std::chrono::microseconds(round * 331 % 7919);
}

std::string unique(const char* what) {
    return std::string("self-test-") + what + '-' + std::to_string(::getpid());
}

}  // namespace

TEST(a_server_process_streams_to_a_client_process_both_ways) {
    for (const char* direction : {"\nrestore=0", "\nrestore=1"}) {
        std::string name = unique("both-ways");
        Child server([&](Child&) {
            std::string result = stream("set=" + name + direction
                                        + "\nbytes=8388608\nvary=1\nmax_transfer=262144");
            expect(result, "verdict=ok");
            expect(result, "device.1.bytes=8388608");
        });
        ClientSet client("client");
        create(client, name, 2, vdi::kRequestComplete);
        await_configuration(client);
        Taker taker(client);
        taker.open(name, 0);
        taker.open(name + "-1", 1);
        CHECK_EQUAL(taker.take(), vdi::kClose);
        CHECK_OK(client.close());
        CHECK_EQUAL(taker.bytes(), 2 * 8388608u);
        server.join();
    }
}

TEST(a_secondary_client_process_takes_a_device_of_its_own) {
    std::string name = unique("secondary");
    Child second([&](Child& parent) {
        ClientSet client("second");
        parent.await();
        CHECK_OK(client.open_in_secondary("", name));
        await_configuration(client);
        {
            Taker taker(client);
            taker.open(name + "-1", 1);
            CHECK_EQUAL(taker.take(), vdi::kClose);
            CHECK_EQUAL(taker.bytes(), 4194304u);
        }
        CHECK_OK(client.close());
    });
    ClientSet client("first");
    create(client, name, 2);
    std::int64_t server = start_stream("set=" + name + "\nbytes=4194304");
    await_configuration(client);
    second.tell();
    Taker taker(client);
    taker.open(name, 0);
    CHECK_EQUAL(taker.take(), vdi::kClose);
    std::string result;
    CHECK(join_stream(server, -1, result));
    expect(result, "verdict=ok");
    second.join();
    CHECK_OK(client.close());
}

TEST(a_buffer_handle_means_the_same_bytes_in_another_process) {
    int handles[2];
    CHECK_EQUAL(::pipe(handles), 0);
    Rig rig;
    Child helper([&](Child& parent) {
        Dword handle = 0;
        CHECK_EQUAL(::read(handles[0], &handle, sizeof handle),
                    static_cast<ssize_t>(sizeof handle));
        ClientSet client("helper");
        CHECK_OK(client.open_in_secondary("", rig.name));
        std::uint8_t* buffer = nullptr;
        CHECK_OK(client.map_buffer_handle(handle, &buffer));
        CHECK_EQUAL(buffer[100], 77);
        buffer[101] = 78;
        CHECK_EQUAL(client.map_buffer_handle(handle + 65536, &buffer), vdi::kInvalid);
        parent.tell();
        parent.await();
        CHECK_OK(client.close());
    });
    rig.activate();
    Sent& sent = rig.write();
    sent.command.buffer[100] = 77;
    VDC_Command* command = rig.fetch();
    Dword handle = 0;
    CHECK_OK(rig.client.get_buffer_handle(command->buffer, &handle));
    CHECK_EQUAL(::write(handles[1], &handle, sizeof handle), static_cast<ssize_t>(sizeof handle));
    helper.await();
    CHECK_EQUAL(command->buffer[101], 78);
    CHECK_OK(rig.complete(command));
    CHECK_EQUAL(sent.code(), 0u);
    helper.tell();
    helper.join();
}

TEST(abort_36_a_killed_server_process_is_found_out_wherever_the_client_waits) {
    std::string name = unique("killed-server");
    for (const char* stage : {"configurable", "active"}) {
        bool active = std::strcmp(stage, "active") == 0;
        Child server([&](Child& parent) {
            ServerSet set;
            eventually([&] { return set.open("", name) == vdi::kOk; });
            CHECK_OK(set.begin_configuration(vdi::kWriteMedia, kBlock, kBlock, kTransfer));
            ServerDevice* device = nullptr;
            if (active) {
                CHECK_OK(set.end_configuration());
                CHECK_OK(set.open_device(name, &device));
                std::thread([&] { set.execute_completion_agent(); }).detach();
            }
            parent.tell();
            parent.await();
        });
        ClientSet client("client");
        create(client, name, 1);
        server.await();
        VDConfig configuration;
        ClientDevice* device = nullptr;
        if (active) {
            CHECK_OK(client.get_configuration(-1, &configuration));
            CHECK_OK(client.open_device(name, &device));
        }
        auto waiting = start([&] {
            VDC_Command* command = nullptr;
            return active ? device->get_command(-1, &command)
                          : client.get_configuration(-1, &configuration);
        });
        server.kill();
        CHECK_EQUAL(soon(waiting), vdi::kAbort);
        CHECK_OK(client.close());
        delete device;
    }
}

TEST(abort_36_a_killed_primary_is_found_out_and_its_name_is_free_again) {
    std::string name = unique("killed-primary");
    Child primary([&](Child& parent) {
        ClientSet client("primary");
        create(client, name, 1);
        parent.tell();
        await_configuration(client);
        ClientDevice* device = nullptr;
        CHECK_OK(client.open_device(name, &device));
        VDC_Command* command = nullptr;
        CHECK_OK(device->get_command(-1, &command));
        parent.tell();
        parent.await();
    });
    primary.await();
    ServerSet server;
    CHECK_OK(server.open("", name));
    CHECK_OK(server.begin_configuration(vdi::kWriteMedia, kBlock, kBlock, kTransfer));
    CHECK_OK(server.request_buffers(kTransfer, 0, 2));
    CHECK_OK(server.end_configuration());
    ServerDevice* device = nullptr;
    CHECK_OK(server.open_device(name, &device));
    std::uint8_t* buffer = nullptr;
    CHECK_OK(server.allocate_buffer(&buffer, kTransfer, 0));
    Sent in_hands(vdi::kWrite, buffer, kTransfer);
    Sent queued(vdi::kFlush);
    CHECK_OK(device->send_command(&in_hands.command));
    CHECK_OK(device->send_command(&queued.command));
    auto agent = start([&] { return server.execute_completion_agent(); });
    primary.await();
    primary.kill();
    CHECK_EQUAL(soon(agent), vdi::kAbort);
    CHECK_EQUAL(in_hands.code(), static_cast<Dword>(vdi::kOperationAborted));
    CHECK_EQUAL(queued.code(), static_cast<Dword>(vdi::kOperationAborted));
    CHECK_OK(server.close());
    delete device;
    // what was left is no set any more, and is replaced
    CHECK_EQUAL(server.open("", name), vdi::kInvalid);
    ClientSet next("next");
    create(next, name, 1);
    CHECK_OK(next.close());
}

TEST(abort_37_the_death_of_a_secondary_is_nobodys_business) {
    Rig rig(2);
    Child second([&](Child& parent) {
        parent.await();
        ClientSet client("second");
        CHECK_OK(client.open_in_secondary("", rig.name));
        parent.tell();
        parent.await();
    });
    rig.activate();
    second.tell();
    second.await();
    second.kill();
    VDC_Command* command = nullptr;
    CHECK_EQUAL(rig.client_devices[0]->get_command(500, &command), vdi::kTimeout);
    // until the primary says so
    CHECK_OK(rig.client.signal_abort());
}

TEST(a_name_of_another_living_process_is_taken) {
    std::string name = unique("taken");
    Child owner([&](Child& parent) {
        ClientSet client("owner");
        create(client, name, 1);
        parent.tell();
        parent.await();
        CHECK_OK(client.close());
        parent.tell();
    });
    owner.await();
    ClientSet client("client");
    VDConfig request = {};
    request.deviceCount = 1;
    CHECK_EQUAL(client.create("", name, &request), vdi::kProtocol);
    owner.tell();
    owner.await();
    CHECK_OK(client.create("", name, &request));
    CHECK_OK(client.close());
    owner.join();
}

TEST(a_primary_killed_at_any_moment_leaves_an_abort_and_no_hang) {
    for (int round = 0; round < kKills; round++) {
        std::string name = unique("primary-any-moment") + '-' + std::to_string(round);
        Child primary([&](Child& parent) {
            ClientSet client("client");
            create(client, name, 1);
            await_configuration(client);
            parent.tell();
            serve(client, name);
        });
        std::int64_t server = start_stream("set=" + name + kEndless);
        primary.await();
        std::this_thread::sleep_for(some_moment(round));
        primary.kill();
        std::string result;
        CHECK(join_stream(server, 5000, result));
        expect(result, "verdict=aborted");
    }
}

TEST(a_server_killed_at_any_moment_leaves_an_abort_and_no_hang) {
    for (int round = 0; round < kKills; round++) {
        std::string name = unique("server-any-moment") + '-' + std::to_string(round);
        Child server([&](Child&) { stream("set=" + name + kEndless); });
        ClientSet client("client");
        create(client, name, 2);
        await_configuration(client);
        auto first = start([&] { return serve(client, name); });
        auto second = start([&] { return serve(client, name + "-1"); });
        std::this_thread::sleep_for(some_moment(round));
        server.kill();
        CHECK_EQUAL(soon(first), vdi::kAbort);
        CHECK_EQUAL(soon(second), vdi::kAbort);
        CHECK_OK(client.close());
    }
}

}  // namespace sluice::test
