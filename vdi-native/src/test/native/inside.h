// Who is inside the calls of one end of a set, so that Close can wait for them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace sluice {

class Gate {
public:
    // Whether the end is still open; leave() has to follow in any case.
    bool enter() {
        inside_++;
        return !closed_;
    }

    void leave() {
        inside_--;
        if (closed_) {
            std::lock_guard<std::mutex> lock(mutex_);
            left_.notify_all();
        }
    }

    int inside() const { return inside_; }
    bool is_closed() const { return closed_; }

    // From now on nobody finds the end open.
    void close() { closed_ = true; }

    // Waits until no more than so many are inside.
    void wait_for_exit(int remaining) {
        std::unique_lock<std::mutex> lock(mutex_);
        left_.wait(lock, [&] { return inside_ <= remaining; });
    }

private:
    std::atomic<bool> closed_{false};
    std::atomic<int> inside_{0};
    std::mutex mutex_;
    std::condition_variable left_;
};

// A call inside an end, which may be none or closed.
template <typename End>
class Inside {
public:
    explicit Inside(std::shared_ptr<End> end, Gate& (End::*gate)() = &End::gate)
        : end_(std::move(end)), gate_(gate) {
        open_ = end_ && (end_.get()->*gate_)().enter();
    }
    ~Inside() {
        if (end_) {
            (end_.get()->*gate_)().leave();
        }
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    bool none() const { return !open_; }
    End* operator->() { return end_.get(); }

private:
    std::shared_ptr<End> end_;
    Gate& (End::*gate_)();
    bool open_ = false;
};

}  // namespace sluice
