#include "client_end.h"

#include "settings.h"
#include "witness.h"

namespace sluice {

ClientEnd::ClientEnd(SharedSet* set, bool primary)
    : set_(set),
      primary_(primary),
      strict_(settings().strict_buffers),
      state_(primary ? State::kConfigurable : State::kInitializing) {
    Lock lock(*set_);
    id_ = ++set_->header().clients;
    count(Counter::kSets);
}

State ClientEnd::state() {
    if (set_->header().aborted) {
        return State::kAborted;
    }
    bool ended = state_ == State::kActive && set_->all_ends_seen();
    return ended ? State::kNormallyTerminated : state_;
}

Hresult ClientEnd::configuration(std::int64_t timeout_millis, VDConfig* configuration) {
    std::int64_t until = deadline(timeout_millis);
    Lock lock(*set_);
    Header& header = set_->header();
    Hresult status = vdi::kTimeout;
    await(lock, header.changes, until, [&] {
        if (state() == State::kAborted || gate_.is_closed()) {
            status = vdi::kAbort;
        } else if (header.configured) {
            status = vdi::kOk;
        }
        return status != vdi::kTimeout;
    });
    if (status == vdi::kOk) {
        *configuration = header.decision;
        state_ = state_ == State::kConfigurable ? State::kInitializing : state_;
        header.primary_ready |= primary_;
    }
    return status;
}

Hresult ClientEnd::open(const std::string& name, int& device) {
    Lock lock(*set_);
    Hresult status = vdi::kTimeout;
    await(lock, set_->header().changes, kNever, [&] {
        status = try_open(name, device);
        return status != vdi::kTimeout;
    });
    return status;
}

// VD_E_TIMEOUT as long as the server may still open the device.
Hresult ClientEnd::try_open(const std::string& name, int& device) {
    State now_in = state();
    if (now_in == State::kAborted || gate_.is_closed()) {
        return vdi::kAbort;
    }
    if (now_in != State::kInitializing && now_in != State::kActive) {
        return vdi::kProtocol;
    }
    bool any_left_here = false;
    bool any_left_there = false;
    for (int d = 0; d < set_->device_count(); d++) {
        any_left_here |= set_->device(d).client == 0;
        any_left_there |= set_->device(d).state == DeviceState::kUnopened;
    }
    if (!any_left_here) {
        return vdi::kOpen;
    }
    device = set_->find_device(name);
    if (device == kNone) {
        return any_left_there ? vdi::kTimeout : vdi::kInvalid;
    }
    if (set_->device(device).client != 0) {
        return vdi::kProtocol;
    }
    set_->device(device).client = id_;
    state_ = State::kActive;
    return vdi::kOk;
}

void ClientEnd::note_delivered(int buffer) {
    if (delivered_.size() <= static_cast<std::size_t>(buffer)) {
        delivered_.resize(buffer + 1);
    }
    delivered_[buffer] = true;
}

Hresult ClientEnd::handle_of(const std::uint8_t* buffer, Dword* handle) {
    Lock lock(*set_);
    if (state() == State::kConfigurable) {
        return vdi::kProtocol;
    }
    int found = view_.find(buffer);
    bool delivered = found != kNone && static_cast<std::size_t>(found) < delivered_.size()
                     && delivered_[found];
    if (!delivered) {
        return vdi::kInvalid;
    }
    set_->buffer(found).named = true;
    *handle = set_->header().handle_tag << 16 | static_cast<Dword>(found);
    return vdi::kOk;
}

Hresult ClientEnd::map(Dword handle, std::uint8_t** buffer) {
    Lock lock(*set_);
    Header& header = set_->header();
    if (state() == State::kConfigurable) {
        return vdi::kProtocol;
    }
    int index = static_cast<int>(handle & 0xFFFF);
    if (handle >> 16 != header.handle_tag || index >= header.buffer_count
        || !set_->buffer(index).named) {
        return vdi::kInvalid;
    }
    if (!sync()) {
        return vdi::kMemory;
    }
    if (strict_) {
        view_.allow(*set_, index);
    }
    *buffer = view_.address(index);
    return vdi::kOk;
}

void ClientEnd::abort() {
    Lock lock(*set_);
    set_->abort(lock);
}

Hresult ClientEnd::close() {
    if (gate_.inside() > 0) {
        violation("Close of set \"%s\" while %d threads are inside calls", set_->name(),
                  gate_.inside());
    }
    check_outstanding();
    Hresult status = leave_set();
    if (primary_) {
        set_->unlink();
    }
    gate_.wait_for_exit(0);
    std::lock_guard<std::mutex> lock(mutex_);
    count(Counter::kDevicesDroppedAtClose, static_cast<std::int64_t>(devices_.size()));
    for (ClientDevice* device : devices_) {
        device->bury_blocks();
    }
    devices_.clear();
    view_.close();
    set_.reset();
    count(Counter::kSets, -1);
    return status;
}

Hresult ClientEnd::leave_set() {
    Lock lock(*set_);
    bool open = has_open_devices();
    Hresult status = state() == State::kActive && open ? vdi::kOpen : vdi::kOk;
    if (primary_ ? !set_->all_ends_seen() : open) {
        set_->abort(lock);
    }
    set_->header().primary_closed |= primary_;
    gate_.close();
    lock.wake(set_->header().changes);
    for (int d = 0; d < set_->device_count(); d++) {
        lock.wake(set_->device(d).commands);
    }
    return status;
}

// ABORT-28: a device is open until GetCommand told of its end.
bool ClientEnd::has_open_devices() {
    for (int d = 0; d < set_->device_count(); d++) {
        if (set_->device(d).client == id_ && !set_->device(d).close_delivered) {
            return true;
        }
    }
    return false;
}

void ClientEnd::add(ClientDevice* device) {
    std::lock_guard<std::mutex> lock(mutex_);
    devices_.insert(device);
}

void ClientEnd::remove(ClientDevice* device) {
    std::lock_guard<std::mutex> lock(mutex_);
    devices_.erase(device);
}

void ClientEnd::check_outstanding() {
    std::lock_guard<std::mutex> lock(mutex_);
    int outstanding = 0;
    for (ClientDevice* device : devices_) {
        outstanding += device->outstanding();
    }
    if (outstanding > 0) {
        count(Counter::kClosesWithOutstanding);
        violation("Close of set \"%s\" while %d fetched commands are not given back",
                  set_->name(), outstanding);
    }
}

}  // namespace sluice
