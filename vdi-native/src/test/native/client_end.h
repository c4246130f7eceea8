// One client object's part in a set, from Create or secondary open to Close.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "buffer_view.h"
#include "client.h"
#include "inside.h"
#include "shared_set.h"

namespace sluice {

class ClientEnd {
public:
    ClientEnd(SharedSet* set, bool primary);

    Hresult configuration(std::int64_t timeout_millis, VDConfig* configuration);
    // Waits for the server to open a device of this name.
    Hresult open(const std::string& name, int& device);
    Hresult handle_of(const std::uint8_t* buffer, Dword* handle);
    Hresult map(Dword handle, std::uint8_t** buffer);
    void abort();
    // The last call, once.
    Hresult close();

    // A device of this end begins and ends to exist.
    void add(ClientDevice* device);
    void remove(ClientDevice* device);

    Gate& gate() { return gate_; }
    SharedSet& set() { return *set_; }
    BufferView& view() { return view_; }
    // Whether a buffer can be accessed only while the client has its command.
    bool strict() const { return strict_; }

    // All below: with the set's lock held.

    State state();
    // Maps buffers that came since.
    bool sync() { return view_.sync(*set_, strict_); }
    // A buffer was in the client's hands and can be named.
    void note_delivered(int buffer);

    // Tries something until it says so or the time is over; false at the deadline.
    template <typename Attempt>
    bool await(Lock& lock, Event& event, std::int64_t until, Attempt attempt) {
        while (true) {
            set_->look_for_the_dead(lock);
            if (attempt()) {
                return true;
            }
            if (until != kNever && now() >= until) {
                return false;
            }
            lock.wait(event, until);
        }
    }

private:
    Hresult try_open(const std::string& name, int& device);
    bool has_open_devices();
    // What Close returns; ends the set where this client's Close does.
    Hresult leave_set();
    void check_outstanding();

    std::unique_ptr<SharedSet> set_;
    const bool primary_;
    const bool strict_;
    int id_;
    State state_;
    BufferView view_;
    std::vector<bool> delivered_;
    Gate gate_;
    std::mutex mutex_;
    std::set<ClientDevice*> devices_;
};

}  // namespace sluice
