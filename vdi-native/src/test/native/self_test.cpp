// The double's own tests: self-test lists them, self-test <name> runs one, self-test all runs all,
// each in a process of its own.
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "test_rig.h"

namespace {

constexpr unsigned kLimitSeconds = 120;

using sluice::test::Test;
using sluice::test::tests;

// What every test has to leave behind.
void check_nothing_is_left() {
    for (const char* name : {"sets", "server_sets", "server_devices", "references", "mappings",
                             "mapped_bytes", "files", "calls_inside", "outstanding"}) {
        if (sluice::counter_value(name) != 0) {
            sluice::test::failed(__FILE__, __LINE__, std::string(name) + " is not 0");
        }
    }
    if (sluice::violations() > 0) {
        sluice::test::failed(__FILE__, __LINE__, "there are violations");
    }
}

int run(const Test& test) {
    ::alarm(kLimitSeconds);
    test.body();
    check_nothing_is_left();
    return 0;
}

int run_all() {
    int failures = 0;
    for (const Test& test : tests()) {
        pid_t child = ::fork();
        if (child == 0) {
            std::exit(run(test));
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        std::printf("%s %s\n", status == 0 ? "ok    " : "FAILED", test.name);
        std::fflush(stdout);
        failures += status == 0 ? 0 : 1;
    }
    return failures == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    if (count == 1) {
        for (const Test& test : tests()) {
            std::puts(test.name);
        }
        return 0;
    }
    if (std::strcmp(arguments[1], "all") == 0) {
        return run_all();
    }
    for (const Test& test : tests()) {
        if (std::strcmp(arguments[1], test.name) == 0) {
            return run(test);
        }
    }
    std::fprintf(stderr, "there is no test %s\n", arguments[1]);
    return 2;
}
