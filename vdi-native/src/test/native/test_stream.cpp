// The streaming server against a client that answers as told.
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <thread>

#include "control.h"
#include "pattern.h"
#include "test_rig.h"

namespace sluice::test {
namespace {

using Values = std::map<std::string, std::string>;

// What a client does with a command: fills in bytes, returns the completion code.
using Answer = std::function<Dword(int device, const VDC_Command& command, Dword& bytes)>;

Dword succeed(int, const VDC_Command& command, Dword& bytes) {
    bytes = vdi::has_buffer(command.commandCode) ? command.size : 0;
    return vdi::kSuccess;
}

// Commands a client of today's product knows.
bool is_known(Dword code) {
    return code == vdi::kRead || code == vdi::kWrite || code == vdi::kFlush
           || code == vdi::kClearError || code == vdi::kComplete || code == vdi::kSnapshot
           || code == vdi::kMountSnapshot || code == vdi::kPrepareToFreeze;
}

// One set with a streaming server and a client on threads of its own.
class Streaming {
public:
    explicit Streaming(int devices, Dword features = 0) : devices_(devices) {
        static int sets = 0;
        name_ = "self-test-stream-" + std::to_string(getpid()) + '-' + std::to_string(sets++);
        VDConfig request = {};
        request.deviceCount = static_cast<Dword>(devices);
        request.features = features;
        CHECK_OK(client_.create("", name_, &request));
    }

    // Runs it all; the result's values.
    Values run(const std::string& options, const Answer& answer) {
        std::int64_t handle = sluice_double_stream_start(("set=" + name_ + "\n" + options).c_str());
        CHECK(handle != 0);
        VDConfig configuration;
        configured_ = client_.get_configuration(-1, &configuration);
        std::vector<std::future<Hresult>> ends;
        for (int d = 0; d < devices_; d++) {
            ends.push_back(start([this, d, &answer] { return serve(d, answer); }));
        }
        for (auto& end : ends) {
            ends_.push_back(end.get());
        }
        CHECK(client_.close() != vdi::kOpen);
        char text[65536];
        CHECK(sluice_double_stream_join(handle, 20000, text, sizeof text) > 0);
        return values(text);
    }

    // How the client's calls ended.
    Hresult configured_ = vdi::kOk;
    std::vector<Hresult> ends_;
    // the codes of a device's commands, as the client saw them
    std::map<int, std::vector<Dword>> seen_;

private:
    Hresult serve(int index, const Answer& answer) {
        ClientDevice* device = nullptr;
        std::string name = index == 0 ? name_ : name_ + '-' + std::to_string(index);
        Hresult status = client_.open_device(name, &device);
        std::unique_ptr<ClientDevice> owned(device);
        std::vector<Dword> codes;
        while (status == vdi::kOk) {
            VDC_Command* command = nullptr;
            status = device->get_command(-1, &command);
            if (status == vdi::kOk) {
                codes.push_back(command->commandCode);
                Dword bytes = 0;
                Dword code = answer(index, *command, bytes);
                device->complete_command(command, code, bytes, 0);
            }
        }
        std::lock_guard<std::mutex> lock(mutex_);
        seen_[index] = codes;
        return status;
    }

    static Values values(const char* text) {
        Values values;
        std::string lines = text;
        for (std::size_t from = 0; from < lines.size();) {
            std::size_t end = lines.find('\n', from);
            std::size_t equals = lines.find('=', from);
            values[lines.substr(from, equals - from)] = lines.substr(equals + 1, end - equals - 1);
            from = end + 1;
        }
        return values;
    }

    int devices_;
    std::string name_;
    ClientSet client_{"client"};
    std::mutex mutex_;
};

void expect(Values& values, const char* name, const std::string& expected) {
    if (values[name] != expected) {
        failed(__FILE__, __LINE__, std::string(name) + " is " + values[name] + ", not " + expected
                                       + "; " + values["failure"]);
    }
}

}  // namespace

TEST(a_backup_ends_with_flush_and_complete) {
    Streaming streaming(3, vdi::kRequestComplete);
    Values result = streaming.run("bytes=6291456\nflush_every=2", succeed);
    expect(result, "verdict", "ok");
    expect(result, "agent", "0x00000000");
    expect(result, "close", "0x00000000");
    for (int d = 0; d < 3; d++) {
        CHECK_EQUAL(streaming.ends_[d], vdi::kClose);
        std::string prefix = "device." + std::to_string(d);
        expect(result, (prefix + ".bytes").c_str(), "6291456");
        const std::vector<Dword>& codes = streaming.seen_[d];
        CHECK_EQUAL(codes[codes.size() - 2], static_cast<Dword>(vdi::kFlush));
        CHECK_EQUAL(codes.back(), static_cast<Dword>(vdi::kComplete));
        CHECK(std::count(codes.begin(), codes.end(), vdi::kFlush) > 1);
    }
}

TEST(a_backup_without_complete_ends_with_flush) {
    for (Dword features : {0u, static_cast<Dword>(vdi::kRequestComplete)}) {
        Streaming streaming(1, features);
        Values result = streaming.run("bytes=65536\ncomplete=0", succeed);
        expect(result, "verdict", "ok");
        CHECK_EQUAL(streaming.seen_[0].back(), static_cast<Dword>(vdi::kFlush));
    }
}

TEST(a_backups_bytes_are_the_patterns) {
    for (const char* fill : {"all", "stamps"}) {
        Streaming streaming(1);
        Pattern pattern(5, 0);
        std::uint64_t position = 0;
        auto check = [&](int device, const VDC_Command& command, Dword& bytes) {
            if (command.commandCode == vdi::kWrite) {
                CHECK_EQUAL(pattern.check(command.buffer, position, command.size), -1);
                position += command.size;
            }
            return succeed(device, command, bytes);
        };
        Values result = streaming.run(
            std::string("bytes=8388608\nseed=5\nvary=1\nblock_size=512\nfill=") + fill, check);
        expect(result, "verdict", "ok");
        CHECK_EQUAL(position, 8388608u);
    }
}

TEST(a_restore_reads_to_the_end_and_finds_a_wrong_byte) {
    constexpr std::uint64_t kBytes = 3000000;
    for (bool wrong : {false, true}) {
        Streaming streaming(1);
        Pattern pattern(1, 0);
        std::uint64_t position = 0;
        auto answer = [&](int, const VDC_Command& command, Dword& bytes) -> Dword {
            if (command.commandCode != vdi::kRead) {
                return vdi::kSuccess;
            }
            bytes = static_cast<Dword>(std::min<std::uint64_t>(command.size, kBytes - position));
            pattern.fill(command.buffer, position, bytes);
            if (wrong && bytes > 0) {
                command.buffer[bytes - 1] ^= 1;
            }
            position += bytes;
            return bytes < command.size ? vdi::kHandleEof : vdi::kSuccess;
        };
        Values result = streaming.run("restore=1\npast_end=1\nvary=1\nbytes=3000000", answer);
        expect(result, "verdict", wrong ? "mismatch" : "ok");
        if (!wrong) {
            expect(result, "device.0.bytes", "3000000");
            CHECK_EQUAL(streaming.seen_[0].back(), static_cast<Dword>(vdi::kClearError));
        }
    }
}

TEST(a_read_that_is_filled_beyond_its_size_is_seen) {
    Streaming streaming(1);
    auto overrun = [](int device, const VDC_Command& command, Dword& bytes) {
        if (command.commandCode == vdi::kRead) {
            Pattern(1, device).fill(command.buffer, 0, command.size);
            command.buffer[command.size] ^= 1;
        }
        return succeed(device, command, bytes);
    };
    Values result = streaming.run("restore=1\nbytes=65536\ntransfer=65536", overrun);
    expect(result, "verdict", "failed");
    CHECK(result["failure"].find("beyond its size") != std::string::npos);
}

TEST(a_restore_may_stop_before_the_end) {
    Streaming streaming(2);
    auto answer = [&](int device, const VDC_Command& command, Dword& bytes) {
        static thread_local std::uint64_t position = 0;
        Pattern(1, device).fill(command.buffer, position, command.size);
        position += command.size;
        return succeed(device, command, bytes);
    };
    Values result = streaming.run("restore=1\nbytes=1048576\ntransfer=131072", answer);
    expect(result, "verdict", "ok");
    expect(result, "device.1.code.0", "8");
}

TEST(a_snapshot_is_prepared_taken_and_mounted) {
    Streaming backup(1, vdi::kSnapshotPrepare);
    Values result = backup.run("snapshot=1\nbytes=131072\ntransfer=65536", succeed);
    expect(result, "verdict", "ok");
    CHECK((backup.seen_[0]
           == std::vector<Dword>{vdi::kWrite, vdi::kPrepareToFreeze, vdi::kWrite, vdi::kSnapshot}));
    Streaming restore(1);
    result = restore.run("snapshot=1\nrestore=1\nverify=0\nbytes=131072\ntransfer=65536", succeed);
    expect(result, "verdict", "ok");
    CHECK((restore.seen_[0] == std::vector<Dword>{vdi::kRead, vdi::kRead, vdi::kMountSnapshot}));
}

TEST(unknown_commands_have_to_be_refused) {
    auto refuse = [](int device, const VDC_Command& command, Dword& bytes) -> Dword {
        return is_known(command.commandCode) ? succeed(device, command, bytes)
                                             : static_cast<Dword>(vdi::kUnsupported);
    };
    Streaming good(1);
    Values result = good.run("bytes=8388608\nunknown_every=3", refuse);
    expect(result, "verdict", "ok");
    CHECK(std::stoi(result["device.0.code.50"]) > 0);
    Streaming bad(1);
    result = bad.run("bytes=8388608\nunknown_every=3", succeed);
    expect(result, "verdict", "failed");
}

TEST(a_failing_write_ends_all_devices_without_an_abort) {
    Streaming streaming(2);
    auto full = [](int device, const VDC_Command& command, Dword& bytes) -> Dword {
        return device == 1 ? static_cast<Dword>(vdi::kDiskFull)
                           : succeed(device, command, bytes);
    };
    Values result = streaming.run("bytes=1073741824\nfill=none", full);
    expect(result, "verdict", "failed");
    CHECK(result["failure"].find("code 112") != std::string::npos);
    // ABORT-43
    for (Hresult end : streaming.ends_) {
        CHECK_EQUAL(end, vdi::kClose);
    }
    expect(result, "agent", "0x00000000");
}

TEST(a_small_queue_only_makes_the_server_wait) {
    settings().queue_depth = 1;
    Streaming streaming(2, vdi::kRequestComplete);
    Values result = streaming.run("bytes=8388608\nbuffers=16\nflush_every=3", succeed);
    expect(result, "verdict", "ok");
    expect(result, "device.0.bytes", "8388608");
}

TEST(the_server_ends_where_it_is_told_to) {
    for (const char* options :
         {"abort_stage=connected", "abort_stage=configurable", "abort_stage=initializing",
          "abort_stage=opened", "abort_device=1\nabort_command=5", "abort_after_micros=300",
          "abort_after_micros=3000"}) {
        Streaming streaming(2);
        Values result =
            streaming.run(std::string("bytes=1099511627776\nfill=none\n") + options, succeed);
        expect(result, "verdict", "aborted");
        for (Hresult end : streaming.ends_) {
            CHECK_EQUAL(end, streaming.configured_ == vdi::kOk ? vdi::kAbort : end);
            CHECK(end != vdi::kClose);
        }
    }
    Streaming streaming(2);
    Values result = streaming.run("bytes=1099511627776\ndie_device=0\ndie_command=5", succeed);
    expect(result, "verdict", "died");
    CHECK_EQUAL(streaming.ends_[0], vdi::kAbort);
    CHECK_EQUAL(streaming.ends_[1], vdi::kAbort);
}

TEST(bad_stream_options_are_refused) {
    for (const char* options : {"", "set=x\nunknown=1", "set=x\nbytes=100", "set=x\nbuffers=0"}) {
        CHECK_EQUAL(sluice_double_stream_start(options), 0);
        expect_violation("stream options");
    }
}

}  // namespace sluice::test
