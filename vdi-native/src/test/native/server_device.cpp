// ServerDevice: commands sent, and those refused, which are answered at once.
#include "server_end.h"
#include "witness.h"

namespace sluice {
namespace {

Dword completion_for(Hresult refusal) {
    switch (refusal) {
        case vdi::kAbort:
            return vdi::kOperationAborted;
        case vdi::kIoError:
            return vdi::kIoDevice;
        case vdi::kQueueFull:
            return vdi::kNoSystemResources;
        case vdi::kInvalid:
            return vdi::kInvalidParameter;
        default:
            return vdi::kInvalidHandle;
    }
}

// Answers a refused command on the sender's thread.
Hresult refuse(VDS_Command* command, Hresult status) {
    command->completionCode = completion_for(status);
    command->bytesTransferred = 0;
    command->outPosition = 0;
    command->completionRoutine(command);
    return status;
}

}  // namespace

ServerDevice::ServerDevice(std::shared_ptr<ServerEnd> end, int index)
    : end_(std::move(end)), index_(index) {
    count(Counter::kServerDevices);
}

ServerDevice::~ServerDevice() { release(); }

void ServerDevice::release() {
    if (!released_.exchange(true)) {
        count(Counter::kServerDevices, -1);
    }
}

Hresult ServerDevice::send_command(VDS_Command* command) {
    Call call(Function::kServerSendCommand);
    if (command == nullptr || command->completionRoutine == nullptr) {
        violation("SendCommand: %s", command == nullptr ? "the command is NULL"
                                                        : "there is no completion routine");
        return vdi::kInvalid;
    }
    if (call.refused()) {
        return refuse(command, call.status());
    }
    Hresult status;
    {
        Inside<ServerEnd> end(end_);
        if (end.none()) {
            violation("SendCommand on a device whose set is closed");
            status = vdi::kProtocol;
        } else {
            status = end->send(index_, command);
        }
    }
    return status == vdi::kOk ? status : refuse(command, status);
}

Hresult ServerDevice::close_device() {
    Call call(Function::kServerCloseDevice);
    if (call.refused()) {
        return call.status();
    }
    Inside<ServerEnd> end(end_);
    if (end.none()) {
        violation("CloseDevice on a device whose set is closed");
        return vdi::kProtocol;
    }
    return end->close_device(index_);
}

}  // namespace sluice
