// The binary interface of the Virtual Device Interface (vdi-facts sections B, C, F, G and L):
// structures, interface numbers, status codes and the order of the vtables' slots.
//
// An abstract class here stands for a vtable: its methods, in their order, are the slots. None has
// a virtual destructor, which would take slots of its own.
#pragma once

#include <cstdint>

using Hresult = std::int32_t;
using Dword = std::uint32_t;

struct VDConfig {
    Dword deviceCount;
    Dword features;
    Dword prefixZoneSize;
    Dword alignment;
    Dword softFileMarkBlockSize;
    Dword EOMWarningSize;
    Dword serverTimeOut;
    Dword blockSize;
    Dword maxIODepth;
    Dword maxTransferSize;
    Dword bufferAreaSize;
};

struct VDC_Command {
    Dword commandCode;
    Dword size;
    std::uint64_t position;
    std::uint8_t* buffer;
};

struct VDS_Command {
    Dword commandCode;
    Dword size;
    std::uint64_t inPosition;
    std::uint64_t outPosition;
    std::uint8_t* buffer;
    void (*completionRoutine)(VDS_Command*);
    void* completionContext;
    Dword completionCode;
    Dword bytesTransferred;
};

struct Guid {
    std::uint32_t data1;
    std::uint16_t data2;
    std::uint16_t data3;
    std::uint8_t data4[8];
};

inline bool operator==(const Guid& a, const Guid& b) {
    return __builtin_memcmp(&a, &b, sizeof(Guid)) == 0;
}

namespace vdi {

constexpr Guid kIidUnknown = {0, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
constexpr Guid kIidClientDevice = {
    0x40700424, 0x0080, 0x11d2, {0x85, 0x1f, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59}};
constexpr Guid kIidClientSet = {
    0x40700425, 0x0080, 0x11d2, {0x85, 0x1f, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59}};
constexpr Guid kIidClientSet2 = {
    0xd0e6eb07, 0x7a62, 0x11d2, {0x85, 0x73, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59}};
constexpr Guid kIidServerDevice = {
    0xb5e7a131, 0xa7bd, 0x11d1, {0x84, 0xc2, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59}};
constexpr Guid kIidServerSet = {
    0xb5e7a132, 0xa7bd, 0x11d1, {0x84, 0xc2, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59}};
constexpr Guid kIidServerSet2 = {
    0xaecbd0d6, 0x24c6, 0x11d3, {0x85, 0xb7, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59}};
// the classes carry the numbers of the oldest interfaces
constexpr Guid kClsidClientSet = kIidClientSet;
constexpr Guid kClsidServerSet = kIidServerSet;

constexpr Hresult hresult(std::uint32_t number) { return static_cast<Hresult>(number); }

constexpr Hresult kOk = 0;
constexpr Hresult kFalse = 1;
constexpr Hresult kNotOpen = hresult(0x80770002);
constexpr Hresult kTimeout = hresult(0x80770003);
constexpr Hresult kAbort = hresult(0x80770004);
constexpr Hresult kSecurity = hresult(0x80770005);
constexpr Hresult kInvalid = hresult(0x80770006);
constexpr Hresult kInstanceName = hresult(0x80770007);
constexpr Hresult kNotSupported = hresult(0x80770009);
constexpr Hresult kMemory = hresult(0x8077000A);
constexpr Hresult kUnexpected = hresult(0x8077000B);
constexpr Hresult kProtocol = hresult(0x8077000C);
constexpr Hresult kOpen = hresult(0x8077000D);
constexpr Hresult kClose = hresult(0x8077000E);
constexpr Hresult kBusy = hresult(0x8077000F);
// named but not numbered in any public text; these two numbers are ours
constexpr Hresult kQueueFull = hresult(0x80770010);
constexpr Hresult kIoError = hresult(0x80770011);

constexpr Hresult kNoInterface = hresult(0x80004002);
constexpr Hresult kPointer = hresult(0x80004003);
constexpr Hresult kNoAggregation = hresult(0x80040110);
constexpr Hresult kClassNotAvailable = hresult(0x80040111);
constexpr Hresult kClassNotRegistered = hresult(0x80040154);
constexpr Hresult kNotInitialized = hresult(0x800401F0);
constexpr Hresult kChangedMode = hresult(0x80010106);
constexpr Hresult kInvalidArgument = hresult(0x80070057);

enum Completion : Dword {
    kSuccess = 0,
    kInvalidHandle = 6,
    kHandleEof = 38,
    kUnsupported = 50,
    kInvalidParameter = 87,
    kDiskFull = 112,
    kOperationAborted = 995,
    kNoDataDetected = 1104,
    kIoDevice = 1117,
    kNoSystemResources = 1450,
};

enum Code : Dword {
    kRead = 1,
    kWrite = 2,
    kClearError = 3,
    kFlush = 12,
    kSnapshot = 13,
    kMountSnapshot = 14,
    kPrepareToFreeze = 15,
    kComplete = 19,
};

inline bool has_buffer(Dword code) { return code == kRead || code == kWrite; }

enum Feature : Dword {
    kRemovable = 0x1,
    kRewind = 0x2,
    kPosition = 0x10,
    kSkipBlocks = 0x20,
    kReversePosition = 0x40,
    kDiscard = 0x80,
    kFileMarks = 0x100,
    kRandomAccess = 0x200,
    kSnapshotPrepare = 0x400,
    kEnumFrozenFiles = 0x800,
    kVssWriter = 0x1000,
    kRequestComplete = 0x2000,
    kWriteMedia = 0x10000,
    kReadMedia = 0x20000,
    kCompleteEnabled = 0x40000,
    kLikeTape = kFileMarks | kRemovable | kRewind | kPosition | kSkipBlocks | kReversePosition,
};

constexpr Dword kInfinite = 0xFFFFFFFF;
constexpr Dword kClsctxInprocServer = 1;
constexpr Dword kCoinitApartmentThreaded = 2;

struct IUnknown {
    /*  0 */ virtual Hresult QueryInterface(const Guid* iid, void** object) = 0;
    /*  1 */ virtual Dword AddRef() = 0;
    /*  2 */ virtual Dword Release() = 0;
};

struct IClientVirtualDevice : IUnknown {
    /*  3 */ virtual Hresult GetCommand(Dword timeout, VDC_Command** command) = 0;
    /*  4 */ virtual Hresult CompleteCommand(VDC_Command* command, Dword code, Dword bytes,
                                             std::uint64_t position) = 0;
};

struct IClientVirtualDeviceSet : IUnknown {
    /*  3 */ virtual Hresult Create(const char16_t* name, VDConfig* configuration) = 0;
    /*  4 */ virtual Hresult GetConfiguration(Dword timeout, VDConfig* configuration) = 0;
    /*  5 */ virtual Hresult OpenDevice(const char16_t* name, IClientVirtualDevice** device) = 0;
    /*  6 */ virtual Hresult Close() = 0;
    /*  7 */ virtual Hresult SignalAbort() = 0;
    /*  8 */ virtual Hresult OpenInSecondary(const char16_t* name) = 0;
    /*  9 */ virtual Hresult GetBufferHandle(std::uint8_t* buffer, Dword* handle) = 0;
    /* 10 */ virtual Hresult MapBufferHandle(Dword handle, std::uint8_t** buffer) = 0;
};

struct IClientVirtualDeviceSet2 : IClientVirtualDeviceSet {
    /* 11 */ virtual Hresult CreateEx(const char16_t* instance, const char16_t* name,
                                      VDConfig* configuration) = 0;
    /* 12 */ virtual Hresult OpenInSecondaryEx(const char16_t* instance,
                                               const char16_t* name) = 0;
};

struct IServerVirtualDevice : IUnknown {
    /*  3 */ virtual Hresult SendCommand(VDS_Command* command) = 0;
    /*  4 */ virtual Hresult CloseDevice() = 0;
};

struct IServerVirtualDeviceSet2 : IUnknown {
    /*  3 */ virtual Hresult Open(const char16_t* instance, const char16_t* name) = 0;
    /*  4 */ virtual Hresult GetConfiguration(VDConfig* configuration) = 0;
    // the sources disagree on which comes first, alignment or block size
    /*  5 */ virtual Hresult BeginConfiguration(Dword features, Dword alignment, Dword blockSize,
                                                Dword maxTransferSize, Dword timeout) = 0;
    /*  6 */ virtual Hresult EndConfiguration() = 0;
    /*  7 */ virtual Hresult RequestBuffers(Dword size, Dword alignment, Dword count) = 0;
    /*  8 */ virtual Hresult QueryAvailableBuffers(Dword size, Dword alignment,
                                                   Dword* count) = 0;
    /*  9 */ virtual Hresult ExecuteCompletionAgent() = 0;
    /* 10 */ virtual Hresult OpenDevice(const char16_t* name, IServerVirtualDevice** device) = 0;
    /* 11 */ virtual Hresult AllocateBuffer(std::uint8_t** buffer, Dword size,
                                            Dword alignment) = 0;
    /* 12 */ virtual Hresult FreeBuffer(std::uint8_t* buffer, Dword size) = 0;
    /* 13 */ virtual std::int32_t IsSharedBuffer(std::uint8_t* buffer) = 0;
    /* 14 */ virtual Hresult SignalAbort() = 0;
    /* 15 */ virtual Hresult Close() = 0;
};

}  // namespace vdi
