#include "stream_device.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace sluice {
namespace {

constexpr Dword kUnknownCode = 99;
constexpr std::size_t kMarkLength = 64;
constexpr std::uint8_t kMark = 0xA5;

bool is_end(Dword code) { return code == vdi::kHandleEof || code == vdi::kNoDataDetected; }

}  // namespace

// ---- StreamState

void StreamState::end(Verdict verdict, const std::string& text) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (verdict_ == Verdict::kOk) {
        verdict_ = verdict;
        text_ = text;
        changed_.notify_all();
    }
}

bool StreamState::ended() { return verdict() != Verdict::kOk; }

StreamState::Verdict StreamState::verdict() {
    std::lock_guard<std::mutex> lock(mutex_);
    return verdict_;
}

std::string StreamState::text() {
    std::lock_guard<std::mutex> lock(mutex_);
    return text_;
}

void StreamState::note_agent_ended() {
    std::lock_guard<std::mutex> lock(mutex_);
    agent_ended_ = true;
    changed_.notify_all();
}

bool StreamState::agent_ended() {
    std::lock_guard<std::mutex> lock(mutex_);
    return agent_ended_;
}

bool StreamState::arrive(int devices) {
    std::unique_lock<std::mutex> lock(mutex_);
    arrived_++;
    changed_.notify_all();
    changed_.wait(lock, [&] {
        return arrived_ >= devices || agent_ended_ || verdict_ != Verdict::kOk;
    });
    return verdict_ == Verdict::kOk && !agent_ended_;
}

bool StreamState::wait_ended(std::int64_t micros) {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, std::chrono::microseconds(micros),
                             [&] { return agent_ended_ || verdict_ != Verdict::kOk; });
}

// ---- StreamDevice

StreamDevice::StreamDevice(StreamState& state, const StreamOptions& options, ServerSet& set,
                           ServerDevice* device, int index, int devices, Dword features)
    : state_(state),
      options_(options),
      set_(set),
      device_(device),
      index_(index),
      devices_(devices),
      features_(features),
      pattern_(options.seed, index),
      random_(options.seed * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(index) + 1),
      flush_(std::make_unique<Outgoing>()),
      control_(std::make_unique<Outgoing>()) {
    flush_->owner = this;
    control_->owner = this;
}

StreamDevice::~StreamDevice() = default;

bool StreamDevice::prepare(int outstanding) {
    for (int i = 0; i < outstanding; i++) {
        auto outgoing = std::make_unique<Outgoing>();
        outgoing->owner = this;
        std::uint8_t* buffer = nullptr;
        if (set_.allocate_buffer(&buffer, options_.max_transfer, 0) != vdi::kOk) {
            return false;
        }
        pattern_.fill(buffer, 0, options_.max_transfer);
        outgoing->command.buffer = buffer;
        free_.push_back(outgoing.get());
        commands_.push_back(std::move(outgoing));
    }
    return true;
}

void StreamDevice::routine(VDS_Command* command) {
    auto* outgoing = static_cast<Outgoing*>(command->completionContext);
    StreamDevice& owner = *outgoing->owner;
    if (command->completionCode == vdi::kNoSystemResources) {
        // the queue was full: the sender knows and will send again
        return;
    }
    std::lock_guard<std::mutex> lock(owner.mutex_);
    owner.answers_.push_back(outgoing);
    if (owner.answers_.size() == 1) {
        owner.answered_.notify_one();
    }
}

void StreamDevice::note_agent_ended() {
    std::lock_guard<std::mutex> lock(mutex_);
    agent_ended_ = true;
    answered_.notify_all();
}

void StreamDevice::run() {
    stream();
    leave();
}

void StreamDevice::stream() {
    auto bytes = static_cast<std::uint64_t>(options_.bytes);
    if (options_.restore) {
        bool read = read_until_end();
        if (read && options_.snapshot) {
            snapshot(vdi::kMountSnapshot);
        }
    } else if (options_.snapshot) {
        bool prepares = (features_ & vdi::kSnapshotPrepare) != 0;
        bool written =
            write_until(bytes / 2 / options_.block_size * options_.block_size)
            && (!prepares || control_succeeds(vdi::kPrepareToFreeze, "PrepareToFreeze"))
            && write_until(bytes) && drain();
        if (written) {
            snapshot(vdi::kSnapshot);
        }
    } else if (write_until(bytes)) {
        finish_backup();
    }
}

// Ends the device as a server does, whatever came before: answers first, then CloseDevice.
void StreamDevice::leave() {
    drain();
    if (in_error_) {
        state_.end(StreamState::Verdict::kFailed, "a command was answered with 1117");
    }
    if (!state_.agent_ended()) {
        device_->close_device();
    }
}

bool StreamDevice::write_until(std::uint64_t end) {
    while (position_ < end) {
        if (!write_next()) {
            return false;
        }
        if (options_.flush_every > 0 && sent_ % options_.flush_every == 0 && !flush_is_out_) {
            flush_is_out_ = true;
            flush_->command.commandCode = vdi::kFlush;
            if (!send(*flush_)) {
                return false;
            }
        }
        if (options_.unknown_every > 0 && sent_ % options_.unknown_every == 0
            && !unknown_command()) {
            return false;
        }
    }
    return true;
}

bool StreamDevice::write_next() {
    Outgoing* outgoing = free_command();
    if (outgoing == nullptr) {
        return false;
    }
    Dword size = next_size(static_cast<std::uint64_t>(options_.bytes) - position_);
    outgoing->command.commandCode = vdi::kWrite;
    outgoing->command.size = size;
    outgoing->position = position_;
    fill(*outgoing);
    position_ += size;
    return send(*outgoing);
}

bool StreamDevice::read_until_end() {
    auto bytes = static_cast<std::uint64_t>(options_.bytes);
    while (!at_end_ && (options_.past_end || position_ < bytes)) {
        if (!read_next()) {
            break;
        }
    }
    if (!drain() || (in_error_ && !at_end_)) {
        return false;
    }
    in_error_ = false;
    return !at_end_ || control_succeeds(vdi::kClearError, "ClearError");
}

bool StreamDevice::read_next() {
    Outgoing* outgoing = free_command();
    if (outgoing == nullptr) {
        return false;
    }
    if (at_end_) {
        free_.push_back(outgoing);
        return true;
    }
    auto bytes = static_cast<std::uint64_t>(options_.bytes);
    bool limited = !options_.past_end && position_ < bytes;
    Dword size = next_size(limited ? bytes - position_ : UINT64_MAX);
    outgoing->command.commandCode = vdi::kRead;
    outgoing->command.size = size;
    outgoing->position = position_;
    mark_behind(outgoing->command);
    position_ += size;
    return send(*outgoing);
}

bool StreamDevice::finish_backup() {
    if (!drain() || !control_succeeds(vdi::kFlush, "Flush") || !state_.arrive(devices_)) {
        return false;
    }
    return (features_ & vdi::kCompleteEnabled) == 0
           || control_succeeds(vdi::kComplete, "Complete");
}

bool StreamDevice::snapshot(Dword code) {
    return control_succeeds(code, code == vdi::kSnapshot ? "Snapshot" : "MountSnapshot");
}

// The client must refuse what it does not know, and recover.
bool StreamDevice::unknown_command() {
    Dword answer = 0;
    if (!control(kUnknownCode, answer)) {
        return false;
    }
    if (answer != vdi::kUnsupported) {
        state_.end(StreamState::Verdict::kFailed,
                   "an unknown command was answered with " + std::to_string(answer));
        return false;
    }
    return control_succeeds(vdi::kClearError, "ClearError");
}

// Whole blocks, the last rounded up.
Dword StreamDevice::next_size(std::uint64_t remaining) {
    Dword most = options_.transfer;
    if (options_.vary) {
        random_ ^= random_ << 13;
        random_ ^= random_ >> 7;
        random_ ^= random_ << 17;
        Dword blocks = options_.transfer / options_.block_size;
        most = options_.block_size * static_cast<Dword>(1 + random_ % blocks);
    }
    if (remaining >= most) {
        return most;
    }
    auto block = static_cast<std::uint64_t>(options_.block_size);
    return static_cast<Dword>((remaining + block - 1) / block * block);
}

void StreamDevice::fill(Outgoing& outgoing) {
    const VDS_Command& command = outgoing.command;
    bool in_step = outgoing.position % kPatternPeriod == 0;
    if (options_.fill == Fill::kAll || (options_.fill == Fill::kStamps && !in_step)) {
        pattern_.fill(command.buffer, outgoing.position, command.size);
    } else if (options_.fill == Fill::kStamps) {
        pattern_.stamp(command.buffer, outgoing.position, command.size);
    }
}

StreamDevice::Outgoing* StreamDevice::free_command() {
    while (free_.empty()) {
        if (!take_answers()) {
            return nullptr;
        }
    }
    if (state_.ended() || in_error_) {
        return nullptr;
    }
    Outgoing* outgoing = free_.back();
    free_.pop_back();
    return outgoing;
}

bool StreamDevice::send(Outgoing& outgoing) {
    if (options_.delay_micros > 0) {
        state_.wait_ended(options_.delay_micros);
    }
    if (own_end_is_due()) {
        return false;
    }
    outgoing.command.completionRoutine = routine;
    outgoing.command.completionContext = &outgoing;
    sent_++;
    pending_++;
    while (true) {
        Hresult status = device_->send_command(&outgoing.command);
        if (status == vdi::kOk) {
            return true;
        }
        if (status != vdi::kQueueFull) {
            // its routine has run, so that its answer is handled like any other
            return take_answers();
        }
        pending_--;
        if (pending_ == 0 || !take_answers()) {
            state_.end(StreamState::Verdict::kFailed, "a queue without commands is full");
            return false;
        }
        pending_++;
    }
}

bool StreamDevice::own_end_is_due() {
    if (index_ == options_.abort_device && sent_ + 1 == options_.abort_command) {
        state_.end(StreamState::Verdict::kAborted, "as ordered");
        set_.signal_abort();
        return true;
    }
    if (index_ == options_.die_device && sent_ + 1 == options_.die_command) {
        state_.end(StreamState::Verdict::kDied, "as ordered");
        die(options_.set);
        return true;
    }
    return false;
}

bool StreamDevice::control(Dword code, Dword& answer) {
    if (!drain() || state_.ended()) {
        return false;
    }
    control_->command.commandCode = code;
    if (!send(*control_) || !drain()) {
        return false;
    }
    answer = control_->command.completionCode;
    return true;
}

bool StreamDevice::control_succeeds(Dword code, const char* name) {
    Dword answer = 0;
    if (!control(code, answer)) {
        return false;
    }
    if (answer != vdi::kSuccess) {
        state_.end(StreamState::Verdict::kFailed,
                   std::string(name) + " was answered with " + std::to_string(answer));
    }
    return answer == vdi::kSuccess;
}

bool StreamDevice::drain() {
    while (pending_ > 0) {
        if (!take_answers()) {
            return false;
        }
    }
    return !state_.ended();
}

bool StreamDevice::take_answers() {
    std::vector<Outgoing*> answers;
    {
        std::unique_lock<std::mutex> lock(mutex_);
        answered_.wait(lock, [&] { return !answers_.empty() || agent_ended_; });
        answers.swap(answers_);
    }
    if (answers.empty()) {
        return false;
    }
    for (Outgoing* outgoing : answers) {
        pending_--;
        codes_[outgoing->command.completionCode]++;
        check(*outgoing);
        if (outgoing == flush_.get()) {
            flush_is_out_ = false;
        } else if (outgoing->command.buffer != nullptr) {
            free_.push_back(outgoing);
        }
    }
    return true;
}

void StreamDevice::check(const Outgoing& outgoing) {
    const VDS_Command& command = outgoing.command;
    if (command.completionCode == vdi::kOperationAborted) {
        state_.end(StreamState::Verdict::kAborted, "a command was answered with 995");
    } else if (command.completionCode == vdi::kIoDevice) {
        // it never reached the client: the one that failed, or met the end, is still to come
        in_error_ = true;
    } else if (command.commandCode == vdi::kRead) {
        check_read(outgoing);
    } else if (command.commandCode == vdi::kWrite) {
        if (command.completionCode != vdi::kSuccess) {
            fail(outgoing, "failed");
        } else if (command.bytesTransferred != command.size) {
            fail(outgoing, "was short but successful");
        }
        bytes_ += command.bytesTransferred;
    } else if (&outgoing == flush_.get() && command.completionCode != vdi::kSuccess) {
        fail(outgoing, "failed");
    }
}

void StreamDevice::check_read(const Outgoing& outgoing) {
    const VDS_Command& command = outgoing.command;
    auto total = static_cast<std::uint64_t>(options_.bytes);
    std::uint64_t left = outgoing.position < total ? total - outgoing.position : 0;
    std::uint64_t expected = std::min<std::uint64_t>(command.size, left);
    if (command.completionCode != vdi::kSuccess && !is_end(command.completionCode)) {
        fail(outgoing, "failed");
        return;
    }
    at_end_ |= is_end(command.completionCode);
    if (!is_untouched_behind(command)) {
        fail(outgoing, "was filled beyond its size");
        return;
    }
    if (command.bytesTransferred != expected) {
        fail(outgoing, "has not as many bytes as the stream");
        return;
    }
    if (command.completionCode == vdi::kSuccess && expected < command.size) {
        fail(outgoing, "was short but successful");
        return;
    }
    bytes_ += expected;
    std::int64_t wrong =
        options_.verify ? pattern_.check(command.buffer, outgoing.position, expected) : -1;
    if (wrong >= 0) {
        state_.end(StreamState::Verdict::kMismatch,
                   "device " + std::to_string(index_) + ": the byte at "
                       + std::to_string(outgoing.position + wrong) + " is wrong");
    }
}

void StreamDevice::mark_behind(const VDS_Command& read) {
    if (read.size < options_.max_transfer) {
        std::memset(read.buffer + read.size, kMark, kMarkLength);
    }
}

bool StreamDevice::is_untouched_behind(const VDS_Command& read) const {
    const std::uint8_t* end = read.buffer + read.size;
    return read.size == options_.max_transfer
           || std::all_of(end, end + kMarkLength, [](std::uint8_t b) { return b == kMark; });
}

void StreamDevice::fail(const Outgoing& outgoing, const char* what) {
    const VDS_Command& command = outgoing.command;
    char text[256];
    std::snprintf(text, sizeof text,
                  "device %d: command %u of %u bytes at %llu %s: code %u, %u bytes", index_,
                  command.commandCode, command.size,
                  static_cast<unsigned long long>(outgoing.position), what,
                  command.completionCode, command.bytesTransferred);
    state_.end(StreamState::Verdict::kFailed, text);
}

std::string StreamDevice::result() const {
    std::string prefix = "device." + std::to_string(index_) + ".";
    std::string lines = prefix + "bytes=" + std::to_string(bytes_) + "\n" + prefix
                        + "commands=" + std::to_string(sent_) + "\n";
    for (const auto& code : codes_) {
        lines += prefix + "code." + std::to_string(code.first) + "="
                 + std::to_string(code.second) + "\n";
    }
    return lines;
}

}  // namespace sluice
