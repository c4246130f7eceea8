// A client as any C program would write it against libsqlvdi.so: one thread per device that gets a
// command, writes its buffer with fwrite, and completes it. The server is the double's own, in this
// process. Prints one line of JSON: the bytes, and the time and processor time from the first
// command to the set closed at both ends.
//
//   reference-client devices=1 transfer=1048576 bytes=1073741824 buffers=8 outstanding=4
//                    [sink=<folder>] [fill=all]
//
// bytes are per device; without sink the bytes go nowhere and are not touched.
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "control.h"
#include "vdi_posix.h"

namespace {

struct Options {
    int devices = 1;
    long transfer = 1048576;
    long bytes = 1073741824;
    int buffers = 8;
    int outstanding = 4;
    std::string sink;
    std::string fill = "all";
};

// The clock, and what the process has used of its processors.
struct Moment {
    std::int64_t nanos;
    std::int64_t cpu;

    static Moment now() {
        timespec time;
        clock_gettime(CLOCK_MONOTONIC, &time);
        return {time.tv_sec * INT64_C(1000000000) + time.tv_nsec, sluice_double_cpu_nanos()};
    }
};

std::once_flag started;
Moment first_command;

[[noreturn]] void die(const char* what, int status) {
    std::fprintf(stderr, "%s failed: 0x%08X\n", what, static_cast<unsigned>(status));
    std::exit(1);
}

Dword execute(const VDC_Command& command, FILE* file, Dword& done) {
    switch (command.commandCode) {
        case vdi::kWrite:
            done = file == nullptr ? command.size
                                   : static_cast<Dword>(
                                       std::fwrite(command.buffer, 1, command.size, file));
            return done == command.size ? vdi::kSuccess : vdi::kDiskFull;
        case vdi::kFlush:
        case vdi::kComplete:
            return file == nullptr || std::fflush(file) == 0 ? vdi::kSuccess : vdi::kDiskFull;
        case vdi::kClearError:
            return vdi::kSuccess;
        default:
            return vdi::kUnsupported;
    }
}

std::int64_t serve(ClientVirtualDevice* device, FILE* file) {
    std::int64_t bytes = 0;
    while (true) {
        VDC_Command* command = nullptr;
        int status = device->GetCommand(-1, &command);
        if (status == vdi::kClose) {
            return bytes;
        }
        if (status != vdi::kOk) {
            die("GetCommand", status);
        }
        std::call_once(started, [] { first_command = Moment::now(); });
        Dword done = 0;
        Dword code = execute(*command, file, done);
        bytes += done;
        status = device->CompleteCommand(command, static_cast<int>(code), done, 0);
        if (status != vdi::kOk) {
            die("CompleteCommand", status);
        }
    }
}

std::string stream_options(const Options& options, const std::string& set) {
    return "set=" + set + "\nbytes=" + std::to_string(options.bytes)
           + "\nmax_transfer=" + std::to_string(options.transfer)
           + "\nbuffers=" + std::to_string(options.buffers)
           + "\noutstanding=" + std::to_string(options.outstanding) + "\nfill=" + options.fill;
}

void read_option(Options& options, const char* argument) {
    std::string text = argument;
    std::size_t equals = text.find('=');
    std::string name = text.substr(0, equals);
    std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
    if (name == "devices") {
        options.devices = std::atoi(value.c_str());
    } else if (name == "transfer") {
        options.transfer = std::atol(value.c_str());
    } else if (name == "bytes") {
        options.bytes = std::atol(value.c_str());
    } else if (name == "buffers") {
        options.buffers = std::atoi(value.c_str());
    } else if (name == "outstanding") {
        options.outstanding = std::atoi(value.c_str());
    } else if (name == "sink") {
        options.sink = value;
    } else if (name == "fill") {
        options.fill = value;
    } else {
        std::fprintf(stderr, "unknown option %s\n", argument);
        std::exit(2);
    }
}

FILE* open_sink(const Options& options, int device) {
    if (options.sink.empty()) {
        return nullptr;
    }
    std::string path = options.sink + "/stripe-" + std::to_string(device) + ".bak";
    FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) {
        std::perror(path.c_str());
        std::exit(1);
    }
    return file;
}

int run(const Options& options) {
    std::string name = "reference-" + std::to_string(getpid());
    umask(0);
    ClientVirtualDeviceSet* set = new (std::calloc(1, 8)) ClientVirtualDeviceSet();
    VDConfig configuration = {};
    configuration.deviceCount = static_cast<Dword>(options.devices);
    int status = set->Create(&name[0], &configuration);
    if (status != vdi::kOk) {
        die("Create", status);
    }
    std::int64_t stream = sluice_double_stream_start(stream_options(options, name).c_str());
    status = set->GetConfiguration(-1, &configuration);
    if (status != vdi::kOk) {
        die("GetConfiguration", status);
    }
    std::atomic<std::int64_t> bytes{0};
    std::vector<std::thread> threads;
    std::vector<FILE*> files;
    for (int d = 0; d < options.devices; d++) {
        std::string device_name = d == 0 ? name : name + "-" + std::to_string(d);
        ClientVirtualDevice* device = nullptr;
        status = set->OpenDevice(&device_name[0], &device);
        if (status != vdi::kOk) {
            die("OpenDevice", status);
        }
        FILE* file = open_sink(options, d);
        files.push_back(file);
        threads.emplace_back([device, file, &bytes] { bytes += serve(device, file); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    status = set->Close();
    char result[8192];
    sluice_double_stream_join(stream, -1, result, sizeof result);
    // both ends unmap the buffers; freeing them is the last one's work, whichever that is
    Moment closed = Moment::now();
    bool well = status == vdi::kOk && std::strncmp(result, "verdict=ok\n", 11) == 0;
    for (FILE* file : files) {
        well &= file == nullptr || std::fclose(file) == 0;
    }
    std::printf("{\"bytes\":%lld,\"nanos\":%lld,\"cpuNanos\":%lld,\"ok\":%s}\n",
                static_cast<long long>(bytes),
                static_cast<long long>(closed.nanos - first_command.nanos),
                static_cast<long long>(closed.cpu - first_command.cpu), well ? "true" : "false");
    set->~ClientVirtualDeviceSet();
    std::free(set);
    return well ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    Options options;
    for (int i = 1; i < count; i++) {
        read_option(options, arguments[i]);
    }
    return run(options);
}
