// What our COM objects have in common: reference counts, and a life after the last Release in
// which every call is a violation instead of a crash somewhere else.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "apartment.h"
#include "vdi_abi.h"
#include "witness.h"

namespace sluice {

// UTF-16 to UTF-8; an unpaired surrogate becomes U+FFFD. Null becomes empty.
std::string to_utf8(const char16_t* text);
// Keeps an ended object's memory reachable and allocated for good.
void entomb(void* object);
// Frees what an ended object held, some hundred ended objects later.
void retire(std::function<void()> free);

inline std::int64_t timeout_of(Dword millis) {
    return millis == vdi::kInfinite ? -1 : static_cast<std::int64_t>(millis);
}

template <typename Interface>
class ComObject : public Interface {
public:
    explicit ComObject(const char* interface_name) : interface_name_(interface_name) {
        count(Counter::kReferences);
    }

    Hresult QueryInterface(const Guid* iid, void** object) final {
        if (!enter("QueryInterface")) {
            return vdi::kPointer;
        }
        if (iid == nullptr || object == nullptr) {
            violation("QueryInterface: a pointer is NULL");
            return vdi::kPointer;
        }
        *object = nullptr;
        Call call(Function::kQueryInterface);
        if (call.refused()) {
            return call.status();
        }
        if (!offers(*iid)) {
            return vdi::kNoInterface;
        }
        *object = static_cast<Interface*>(this);
        AddRef();
        return vdi::kOk;
    }

    Dword AddRef() final {
        if (!enter("AddRef")) {
            return 0;
        }
        count(Counter::kReferences);
        return static_cast<Dword>(++references_);
    }

    Dword Release() final {
        if (!enter("Release")) {
            return 0;
        }
        count(Counter::kReferences, -1);
        int left = --references_;
        if (left == 0) {
            end();
            entomb(this);
        }
        return static_cast<Dword>(left);
    }

    // The set this object belongs to was closed: references that remain are void. Whether there
    // were any.
    bool invalidate() {
        int dropped = references_.exchange(kInvalidated);
        if (dropped > 0) {
            count(Counter::kReferences, -dropped);
            end();
            entomb(this);
        }
        return dropped > 0;
    }

protected:
    ~ComObject() = default;

    virtual bool offers(const Guid& iid) const = 0;
    // After the last reference.
    virtual void end() = 0;

    // Checks the caller's thread and that the object still lives.
    bool enter(const char* method) const {
        int references = references_.load();
        if (references <= 0) {
            violation("%s::%s after %s", interface_name_, method,
                      references == 0 ? "the last Release" : "the set's Close");
            return false;
        }
        check_apartment(method);
        return true;
    }

private:
    static constexpr int kInvalidated = -1000000;

    const char* interface_name_;
    std::atomic<int> references_{1};
};

}  // namespace sluice
