#include "apartment.h"

#include <atomic>

#include "settings.h"
#include "witness.h"

namespace sluice {
namespace {

// The multithreaded apartment is the process's: it ends when the last thread leaves it, and COM
// may then unload what lives in it.
std::atomic<int> inside_multithreaded{0};

struct Apartment {
    int entered = 0;
    Dword model = 0;
    bool foreign = false;

    ~Apartment() {
        if (entered > 0) {
            violation("a thread ended in its apartment, entered %d times more than left", entered);
            count(Counter::kApartments, -entered);
            inside_multithreaded -= model == vdi::kCoinitApartmentThreaded ? 0 : entered;
        }
    }
};

thread_local Apartment apartment;

void note_left(Dword model) {
    std::int64_t references = counter(Counter::kReferences);
    if (model != vdi::kCoinitApartmentThreaded && --inside_multithreaded == 0 && references > 0) {
        violation("the last thread leaves the multithreaded apartment, with %lld references to "
                  "objects in it", static_cast<long long>(references));
    }
}

}  // namespace

Hresult enter_apartment(Dword model) {
    bool inside = apartment.foreign || apartment.entered > 0;
    Dword present = apartment.foreign ? vdi::kCoinitApartmentThreaded : apartment.model;
    if (inside && present != model) {
        return vdi::kChangedMode;
    }
    apartment.model = model;
    apartment.entered++;
    inside_multithreaded += model == vdi::kCoinitApartmentThreaded ? 0 : 1;
    count(Counter::kApartments);
    return inside ? vdi::kFalse : vdi::kOk;
}

void leave_apartment() {
    if (apartment.entered == 0) {
        violation("CoUninitialize on a thread that has not entered an apartment");
        return;
    }
    apartment.entered--;
    note_left(apartment.model);
    count(Counter::kApartments, -1);
}

void put_in_foreign_apartment(bool inside) { apartment.foreign = inside; }

bool in_apartment() { return apartment.foreign || apartment.entered > 0; }

void check_apartment(const char* function) {
    if (!settings().apartments_checked) {
        return;
    }
    if (apartment.foreign) {
        violation("%s on a thread of a single-threaded apartment", function);
    } else if (apartment.entered == 0) {
        violation("%s on a thread that has not entered an apartment", function);
    }
}

}  // namespace sluice
