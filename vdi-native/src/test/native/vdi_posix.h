// The two classes of the Linux client library (vdi-facts section D). Each holds one pointer and has
// no vtable; their mangled names are the library's interface.
#pragma once

#include <cstdint>
#include <ctime>

#include "vdi_abi.h"

struct CVDS;
struct CVD;

class __attribute__((visibility("default"))) ClientVirtualDevice {
public:
    ClientVirtualDevice();
    ~ClientVirtualDevice();
    int GetCommand(time_t timeout, VDC_Command** command);
    int CompleteCommand(VDC_Command* command, int code, unsigned long bytes,
                        std::int64_t position);

private:
    CVD* cvd;
};

class __attribute__((visibility("default"))) ClientVirtualDeviceSet {
public:
    ClientVirtualDeviceSet();
    ~ClientVirtualDeviceSet();
    int Create(char* name, VDConfig* configuration);
    int GetConfiguration(time_t timeout, VDConfig* configuration);
    int OpenDevice(char* name, ClientVirtualDevice** device);
    int Close();
    int SignalAbort();
    int OpenInSecondary(char* name);
    int GetBufferHandle(std::uint8_t* buffer, unsigned int* handle);
    int MapBufferHandle(int handle, std::uint8_t** buffer);
    void RegisterDeviceClosed();

private:
    CVDS* cvds;
};
