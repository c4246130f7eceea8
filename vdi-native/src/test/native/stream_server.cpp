#include "stream_server.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "stream_device.h"
#include "stream_options.h"
#include "witness.h"

namespace sluice {
namespace {

using Verdict = StreamState::Verdict;

constexpr std::int64_t kAttachMicros = 1000;

const char* name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::kOk:
            return "ok";
        case Verdict::kFailed:
            return "failed";
        case Verdict::kMismatch:
            return "mismatch";
        case Verdict::kAborted:
            return "aborted";
        case Verdict::kDied:
            return "died";
        case Verdict::kUnattached:
            return "unattached";
    }
    return "";
}

std::string hex(Hresult status) {
    char text[16];
    std::snprintf(text, sizeof text, "0x%08X", static_cast<unsigned>(status));
    return text;
}

// One operation of the server, from attaching to a set to closing it.
class Stream {
public:
    explicit Stream(StreamOptions options) : options_(std::move(options)) {}

    void start() {
        thread_ = std::thread([this] { run(); });
    }

    void abort() {
        state_.end(Verdict::kAborted, "by order");
        // not while Close is at work: nobody may be inside a call then
        std::lock_guard<std::mutex> lock(mutex_);
        if (!closing_) {
            set_.signal_abort();
        }
    }

    bool join(std::int64_t timeout_millis) {
        std::unique_lock<std::mutex> lock(mutex_);
        auto over = [this] { return over_; };
        if (timeout_millis < 0) {
            over_now_.wait(lock, over);
        } else if (!over_now_.wait_for(lock, std::chrono::milliseconds(timeout_millis), over)) {
            return false;
        }
        lock.unlock();
        thread_.join();
        return true;
    }

    std::string result() {
        // whatever was ordered: a server that came to no set has done nothing else
        Verdict verdict = attached_ ? state_.verdict() : Verdict::kUnattached;
        std::string lines = std::string("verdict=") + name_of(verdict) + "\n"
                            + "failure=" + state_.text() + "\n" + "agent=" + hex(agent_status_)
                            + "\n" + "close=" + hex(close_status_) + "\n"
                            + "features=" + std::to_string(configuration_.features) + "\n";
        return lines + devices_result_;
    }

private:
    void run() {
        attached_ = attach();
        if (attached_) {
            serve();
            note_closing();
            close_status_ = set_.close();
        }
        set_.release();
        std::lock_guard<std::mutex> lock(mutex_);
        over_ = true;
        over_now_.notify_all();
    }

    void note_closing() {
        std::lock_guard<std::mutex> lock(mutex_);
        closing_ = true;
    }

    bool attach() {
        auto limit = std::chrono::steady_clock::now()
                     + std::chrono::milliseconds(options_.attach_millis);
        while (true) {
            Hresult status = set_.open(options_.instance, options_.set);
            if (status == vdi::kOk) {
                return true;
            }
            bool late = std::chrono::steady_clock::now() >= limit;
            if (status != vdi::kInvalid || late || state_.wait_ended(kAttachMicros)) {
                state_.end(Verdict::kUnattached, "Open returned " + hex(status));
                return false;
            }
        }
    }

    void serve() {
        std::thread bomb;
        if (options_.abort_after_micros >= 0) {
            bomb = std::thread([this] {
                if (!state_.wait_ended(options_.abort_after_micros)) {
                    abort();
                }
            });
        }
        if (stage("connected") && configure()) {
            stream();
        }
        state_.note_agent_ended();
        if (bomb.joinable()) {
            bomb.join();
        }
    }

    // Whether the server goes on after a stage: it may have been ordered to abort there.
    bool stage(const char* name) {
        if (options_.abort_stage == name) {
            abort();
        }
        return !state_.ended();
    }

    bool configure() {
        return works("GetConfiguration", set_.get_configuration(&configuration_))
               && works("BeginConfiguration", begin()) && stage("configurable")
               && works("RequestBuffers",
                        set_.request_buffers(options_.max_transfer, 0, buffers()))
               && works("EndConfiguration", set_.end_configuration()) && stage("initializing");
    }

    Hresult begin() {
        Dword& features = configuration_.features;
        features |= options_.restore ? vdi::kReadMedia : vdi::kWriteMedia;
        bool asked = (features & vdi::kRequestComplete) != 0;
        if (asked && options_.complete && !options_.restore) {
            features |= vdi::kCompleteEnabled;
        }
        return set_.begin_configuration(features, options_.block_size, options_.block_size,
                                        options_.max_transfer);
    }

    Dword buffers() {
        return std::max(static_cast<Dword>(options_.buffers), configuration_.deviceCount);
    }

    bool works(const char* function, Hresult status) {
        if (status == vdi::kOk) {
            return true;
        }
        state_.end(status == vdi::kAbort ? Verdict::kAborted : Verdict::kFailed,
                   std::string(function) + " returned " + hex(status));
        // as a server rejects a configuration
        set_.signal_abort();
        return false;
    }

    void stream() {
        int count = static_cast<int>(configuration_.deviceCount);
        for (int d = 0; d < count; d++) {
            ServerDevice* device = nullptr;
            if (!works("OpenDevice", set_.open_device(options_.name(d), &device))) {
                return;
            }
            devices_.push_back(std::make_unique<StreamDevice>(
                state_, options_, set_, device, d, count, configuration_.features));
        }
        int outstanding = std::min<int>(options_.outstanding, static_cast<int>(buffers()) / count);
        for (const auto& device : devices_) {
            if (!device->prepare(outstanding)) {
                works("AllocateBuffer", vdi::kAbort);
                return;
            }
        }
        if (stage("opened")) {
            run_devices();
        }
        for (const auto& device : devices_) {
            devices_result_ += device->result();
        }
    }

    void run_devices() {
        std::thread agent([&] {
            agent_status_ = set_.execute_completion_agent();
            if (agent_status_ != vdi::kOk) {
                state_.end(Verdict::kAborted, "the agent returned " + hex(agent_status_));
            }
            state_.note_agent_ended();
            for (const auto& device : devices_) {
                device->note_agent_ended();
            }
        });
        std::vector<std::thread> threads;
        for (const auto& device : devices_) {
            threads.emplace_back([&device] { device->run(); });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        agent.join();
    }

    const StreamOptions options_;
    StreamState state_;
    ServerSet set_;
    // until after Close, which may still answer commands of theirs
    std::vector<std::unique_ptr<StreamDevice>> devices_;
    VDConfig configuration_ = {};
    Hresult agent_status_ = vdi::kUnexpected;
    Hresult close_status_ = vdi::kUnexpected;
    std::string devices_result_;
    std::thread thread_;
    std::mutex mutex_;
    std::condition_variable over_now_;
    bool attached_ = false;
    bool closing_ = false;
    bool over_ = false;
};

struct Streams {
    std::mutex mutex;
    std::map<std::int64_t, std::shared_ptr<Stream>> running;
    std::int64_t last = 0;
};

Streams& streams() {
    static Streams& only = *new Streams();
    return only;
}

std::shared_ptr<Stream> find(std::int64_t handle) {
    Streams& all = streams();
    std::lock_guard<std::mutex> lock(all.mutex);
    auto found = all.running.find(handle);
    return found == all.running.end() ? nullptr : found->second;
}

}  // namespace

std::int64_t start_stream(const std::string& text) {
    StreamOptions options;
    std::string finding = read_options(text, options);
    if (!finding.empty()) {
        violation("stream options: %s", finding.c_str());
        return 0;
    }
    auto stream = std::make_shared<Stream>(options);
    stream->start();
    Streams& all = streams();
    std::lock_guard<std::mutex> lock(all.mutex);
    all.running[++all.last] = stream;
    return all.last;
}

void abort_stream(std::int64_t handle) {
    if (std::shared_ptr<Stream> stream = find(handle)) {
        stream->abort();
    }
}

bool join_stream(std::int64_t handle, std::int64_t timeout_millis, std::string& result) {
    std::shared_ptr<Stream> stream = find(handle);
    if (!stream || !stream->join(timeout_millis)) {
        return false;
    }
    result = stream->result();
    Streams& all = streams();
    std::lock_guard<std::mutex> lock(all.mutex);
    all.running.erase(handle);
    return true;
}

}  // namespace sluice
