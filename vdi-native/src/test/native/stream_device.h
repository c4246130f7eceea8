// One device of a streaming server: sends commands, keeps several outstanding, checks the answers.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "pattern.h"
#include "server.h"
#include "stream_options.h"

namespace sluice {

// What the devices of a stream share: how it goes, and the moment all have sent their data.
class StreamState {
public:
    enum class Verdict { kOk, kFailed, kMismatch, kAborted, kDied, kUnattached };

    // The first call decides; the text is for people.
    void end(Verdict verdict, const std::string& text);
    bool ended();
    Verdict verdict();
    std::string text();

    void note_agent_ended();
    bool agent_ended();

    // Waits until as many devices have arrived; false when the stream ends before.
    bool arrive(int devices);
    // Waits so long, or until the stream has ended; true when it has.
    bool wait_ended(std::int64_t micros);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    Verdict verdict_ = Verdict::kOk;
    std::string text_;
    bool agent_ended_ = false;
    int arrived_ = 0;
};

class StreamDevice {
public:
    StreamDevice(StreamState& state, const StreamOptions& options, ServerSet& set,
                 ServerDevice* device, int index, int devices, Dword features);
    ~StreamDevice();
    StreamDevice(const StreamDevice&) = delete;
    StreamDevice& operator=(const StreamDevice&) = delete;

    // Gets buffers for so many commands at once; false when there are none.
    bool prepare(int outstanding);
    // The life of the device's thread.
    void run();
    // The agent has returned: nothing more will be answered.
    void note_agent_ended();
    // name=value lines.
    std::string result() const;

private:
    struct Outgoing {
        VDS_Command command;
        StreamDevice* owner;
        std::uint64_t position;
    };

    static void routine(VDS_Command* command);
    void stream();
    bool write_until(std::uint64_t end);
    bool read_until_end();
    bool write_next();
    bool read_next();
    bool finish_backup();
    bool snapshot(Dword code);
    bool unknown_command();
    void leave();

    Dword next_size(std::uint64_t remaining);
    void fill(Outgoing& outgoing);
    // A command whose buffer is the server's; null at the end.
    Outgoing* free_command();
    bool send(Outgoing& outgoing);
    // Sends a command without buffer when all others are answered, and waits for its code.
    bool control(Dword code, Dword& answer);
    bool control_succeeds(Dword code, const char* name);
    bool drain();
    // Handles what was answered; waits for something; false when nothing will come.
    bool take_answers();
    void check(const Outgoing& outgoing);
    void check_read(const Outgoing& outgoing);
    // What lies behind the bytes of a Read is none of the client's business.
    void mark_behind(const VDS_Command& read);
    bool is_untouched_behind(const VDS_Command& read) const;
    void fail(const Outgoing& outgoing, const char* what);
    bool own_end_is_due();

    StreamState& state_;
    const StreamOptions& options_;
    ServerSet& set_;
    std::unique_ptr<ServerDevice> device_;
    int index_;
    int devices_;
    Dword features_;
    Pattern pattern_;
    std::uint64_t random_;
    std::vector<std::unique_ptr<Outgoing>> commands_;
    std::vector<Outgoing*> free_;
    std::unique_ptr<Outgoing> flush_;
    std::unique_ptr<Outgoing> control_;
    bool flush_is_out_ = false;
    std::uint64_t position_ = 0;
    std::int64_t sent_ = 0;
    int pending_ = 0;
    bool at_end_ = false;
    // a command was answered with ERROR_IO_DEVICE; the one that failed may be answered later
    bool in_error_ = false;
    std::uint64_t bytes_ = 0;
    std::map<Dword, std::int64_t> codes_;

    // filled by the agent
    std::mutex mutex_;
    std::condition_variable answered_;
    std::vector<Outgoing*> answers_;
    bool agent_ended_ = false;
};

}  // namespace sluice
