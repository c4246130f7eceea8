#include "test_rig.h"

#include <unistd.h>

#include <algorithm>
#include <thread>

namespace sluice::test {

namespace {

constexpr auto kLimit = std::chrono::seconds(20);

}  // namespace

std::vector<Test>& tests() {
    static std::vector<Test>& all = *new std::vector<Test>();
    return all;
}

void failed(const char* file, int line, const std::string& what) {
    std::printf("%s:%d: %s\n", file, line, what.c_str());
    for (std::int64_t i = 0; i < violations(); i++) {
        std::printf("violation: %s\n", violation_text(i).c_str());
    }
    std::fflush(stdout);
    ::_exit(1);
}

void eventually(const std::function<bool()>& condition) {
    auto limit = std::chrono::steady_clock::now() + kLimit;
    while (!condition()) {
        CHECK(std::chrono::steady_clock::now() < limit);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void expect_violation(const std::string& part) {
    if (violations() != 1 || violation_text(0).find(part) == std::string::npos) {
        failed(__FILE__, __LINE__, "not the one violation \"" + part + '"');
    }
    reset_witness();
}

// ---- Sent

Sent::Sent(Dword code, std::uint8_t* buffer, Dword size) {
    command.commandCode = code;
    command.buffer = buffer;
    command.size = size;
    command.completionRoutine = routine;
    command.completionContext = this;
}

void Sent::routine(VDS_Command* command) {
    Sent& sent = *static_cast<Sent*>(command->completionContext);
    std::lock_guard<std::mutex> lock(sent.mutex_);
    sent.calls_++;
    sent.caller_ = std::this_thread::get_id();
    sent.called_.notify_all();
}

Dword Sent::code() {
    std::unique_lock<std::mutex> lock(mutex_);
    CHECK(called_.wait_for(lock, kLimit, [&] { return calls_ > 0; }));
    return command.completionCode;
}

int Sent::calls() {
    std::lock_guard<std::mutex> lock(mutex_);
    return calls_;
}

std::thread::id Sent::caller() {
    std::lock_guard<std::mutex> lock(mutex_);
    return caller_;
}

// ---- Rig

Rig::Rig(int devices) {
    static std::atomic<int> rigs{0};
    name = "self-test-" + std::to_string(::getpid()) + '-' + std::to_string(rigs++);
    request.deviceCount = static_cast<Dword>(devices);
}

Rig::~Rig() { close(); }

Rig& Rig::create() {
    CHECK_OK(client.create("", name, &request));
    return *this;
}

Rig& Rig::connect() {
    create();
    CHECK_OK(server.open("", name));
    return *this;
}

Rig& Rig::begin() {
    connect();
    CHECK_OK(server.begin_configuration(request.features | vdi::kWriteMedia, kBlock, kBlock,
                                        kTransfer));
    return *this;
}

Rig& Rig::decide() {
    begin();
    CHECK_OK(server.request_buffers(kTransfer, 0, kBuffers));
    CHECK_OK(server.end_configuration());
    return *this;
}

Rig& Rig::configure() {
    decide();
    VDConfig decision;
    CHECK_OK(client.get_configuration(0, &decision));
    return *this;
}

Rig& Rig::open() {
    configure();
    for (int d = 0; d < static_cast<int>(request.deviceCount); d++) {
        ServerDevice* server_device = nullptr;
        CHECK_OK(server.open_device(device_name(d), &server_device));
        server_devices.emplace_back(server_device);
        ClientDevice* client_device = nullptr;
        CHECK_OK(client.open_device(device_name(d), &client_device));
        client_devices.emplace_back(client_device);
    }
    return *this;
}

Rig& Rig::activate() { return open().start_agent(); }

Rig& Rig::start_agent() {
    agent_ = start([this] { return server.execute_completion_agent(); });
    eventually([&] { return server.is_agent_running(); });
    return *this;
}

Hresult Rig::agent() {
    CHECK(agent_.wait_for(kLimit) == std::future_status::ready);
    return agent_.get();
}

Rig& Rig::finish() {
    for (const auto& device : server_devices) {
        CHECK_OK(device->close_device());
    }
    for (const auto& device : client_devices) {
        VDC_Command* command = nullptr;
        CHECK_EQUAL(device->get_command(0, &command), vdi::kClose);
    }
    return *this;
}

Rig& Rig::abort() {
    CHECK_OK(server.signal_abort());
    return *this;
}

std::string Rig::device_name(int index) const {
    return index == 0 ? name : name + '-' + std::to_string(index);
}

std::uint8_t* Rig::buffer() {
    std::uint8_t* buffer = nullptr;
    CHECK_OK(server.allocate_buffer(&buffer, kTransfer, 0));
    return buffer;
}

Sent& Rig::write(int device) {
    sent_.push_back(std::make_unique<Sent>(vdi::kWrite, buffer(), kTransfer));
    CHECK_OK(server_devices[device]->send_command(&sent_.back()->command));
    return *sent_.back();
}

Sent& Rig::send(Dword code, int device) {
    Sent& sent = prepare(code);
    CHECK_OK(server_devices[device]->send_command(&sent.command));
    return sent;
}

Sent& Rig::prepare(Dword code) {
    sent_.push_back(std::make_unique<Sent>(code));
    return *sent_.back();
}

VDC_Command* Rig::fetch(int device) {
    VDC_Command* command = nullptr;
    CHECK_OK(client_devices[device]->get_command(-1, &command));
    in_hand_.emplace_back(device, command);
    return command;
}

Hresult Rig::complete(VDC_Command* command, Dword code, int device) {
    Dword bytes = vdi::has_buffer(command->commandCode) && code == 0 ? command->size : 0;
    in_hand_.erase(std::remove(in_hand_.begin(), in_hand_.end(), std::make_pair(device, command)),
                   in_hand_.end());
    return client_devices[device]->complete_command(command, code, bytes, 0);
}

void Rig::close() {
    std::vector<std::pair<int, VDC_Command*>> held;
    held.swap(in_hand_);
    for (const auto& [device, command] : held) {
        client_devices[device]->complete_command(command, vdi::kOperationAborted, 0, 0);
    }
    client.close();
    server.close();
    if (agent_.valid()) {
        agent_.wait();
    }
}

Rig& Rig::former() {
    former_ = std::make_unique<Rig>();
    former_->activate().finish().close();
    return *former_;
}

ClientDevice& Rig::client_device_or_dead() {
    return client_devices.empty() ? *former().client_devices[0] : *client_devices[0];
}

ServerDevice& Rig::server_device_or_dead() {
    return server_devices.empty() ? *former().server_devices[0] : *server_devices[0];
}

std::future<Hresult> start(std::function<Hresult()> call) {
    return std::async(std::launch::async, std::move(call));
}

Hresult soon(std::future<Hresult>& call) {
    CHECK(call.wait_for(std::chrono::seconds(5)) == std::future_status::ready);
    return call.get();
}

}  // namespace sluice::test
