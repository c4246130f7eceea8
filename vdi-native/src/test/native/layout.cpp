// Prints what the compiler makes of vdi_abi.h: sizes and offsets of the structures, and the slot of
// each method in its vtable, a name=value line each.
#include <cstddef>
#include <cstdio>
#include <cstring>

#include "vdi_abi.h"

namespace {

#define FIELD(structure, field) \
    std::printf(#structure "." #field "=%zu\n", offsetof(structure, field))
#define SIZE(structure) std::printf(#structure "=%zu\n", sizeof(structure))

// A pointer to a virtual method holds its place in the vtable: one more than the offset on x86-64,
// the offset alone on AArch64, which marks it as virtual in the other half.
template <typename Method>
std::size_t slot(Method method) {
    std::ptrdiff_t place[2];
    static_assert(sizeof method == sizeof place);
    std::memcpy(place, &method, sizeof place);
#ifdef __aarch64__
    return place[0] / sizeof(void*);
#else
    return (place[0] - 1) / sizeof(void*);
#endif
}

#define SLOT(interface, method) \
    std::printf(#interface "." #method "=%zu\n", slot(&vdi::interface::method))

void structures() {
    SIZE(VDConfig);
    FIELD(VDConfig, deviceCount);
    FIELD(VDConfig, features);
    FIELD(VDConfig, prefixZoneSize);
    FIELD(VDConfig, alignment);
    FIELD(VDConfig, softFileMarkBlockSize);
    FIELD(VDConfig, EOMWarningSize);
    FIELD(VDConfig, serverTimeOut);
    FIELD(VDConfig, blockSize);
    FIELD(VDConfig, maxIODepth);
    FIELD(VDConfig, maxTransferSize);
    FIELD(VDConfig, bufferAreaSize);
    SIZE(VDC_Command);
    FIELD(VDC_Command, commandCode);
    FIELD(VDC_Command, size);
    FIELD(VDC_Command, position);
    FIELD(VDC_Command, buffer);
    SIZE(VDS_Command);
    FIELD(VDS_Command, commandCode);
    FIELD(VDS_Command, size);
    FIELD(VDS_Command, inPosition);
    FIELD(VDS_Command, outPosition);
    FIELD(VDS_Command, buffer);
    FIELD(VDS_Command, completionRoutine);
    FIELD(VDS_Command, completionContext);
    FIELD(VDS_Command, completionCode);
    FIELD(VDS_Command, bytesTransferred);
}

void vtables() {
    SLOT(IUnknown, QueryInterface);
    SLOT(IUnknown, AddRef);
    SLOT(IUnknown, Release);
    SLOT(IClientVirtualDevice, GetCommand);
    SLOT(IClientVirtualDevice, CompleteCommand);
    SLOT(IClientVirtualDeviceSet, Create);
    SLOT(IClientVirtualDeviceSet, GetConfiguration);
    SLOT(IClientVirtualDeviceSet, OpenDevice);
    SLOT(IClientVirtualDeviceSet, Close);
    SLOT(IClientVirtualDeviceSet, SignalAbort);
    SLOT(IClientVirtualDeviceSet, OpenInSecondary);
    SLOT(IClientVirtualDeviceSet, GetBufferHandle);
    SLOT(IClientVirtualDeviceSet, MapBufferHandle);
    SLOT(IClientVirtualDeviceSet2, CreateEx);
    SLOT(IClientVirtualDeviceSet2, OpenInSecondaryEx);
    SLOT(IServerVirtualDevice, SendCommand);
    SLOT(IServerVirtualDevice, CloseDevice);
    SLOT(IServerVirtualDeviceSet2, Open);
    SLOT(IServerVirtualDeviceSet2, GetConfiguration);
    SLOT(IServerVirtualDeviceSet2, BeginConfiguration);
    SLOT(IServerVirtualDeviceSet2, EndConfiguration);
    SLOT(IServerVirtualDeviceSet2, RequestBuffers);
    SLOT(IServerVirtualDeviceSet2, QueryAvailableBuffers);
    SLOT(IServerVirtualDeviceSet2, ExecuteCompletionAgent);
    SLOT(IServerVirtualDeviceSet2, OpenDevice);
    SLOT(IServerVirtualDeviceSet2, AllocateBuffer);
    SLOT(IServerVirtualDeviceSet2, FreeBuffer);
    SLOT(IServerVirtualDeviceSet2, IsSharedBuffer);
    SLOT(IServerVirtualDeviceSet2, SignalAbort);
    SLOT(IServerVirtualDeviceSet2, Close);
}

}  // namespace

int main() {
    structures();
    vtables();
    return 0;
}
