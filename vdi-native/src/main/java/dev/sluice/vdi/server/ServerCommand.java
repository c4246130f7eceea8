package dev.sluice.vdi.server;

import dev.sluice.vdi.protocol.CommandCode;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * A command as the server sees it ({@code VDS_Command}). The server owns the object, may use it
 * again after its routine ran, and must not touch it between {@link ServerDevice#sendCommand} and
 * the routine. The routine runs on the completion agent's thread, or on the sending thread when the
 * send is refused.
 */
public final class ServerCommand {

    private final Consumer<ServerCommand> completionRoutine;
    private int rawCode;
    private int size;
    private long inPosition;
    private @Nullable SharedBuffer buffer;
    private int completionCode;
    private int bytesTransferred;
    private long outPosition;

    /**
     * @param completionRoutine runs once per send, with this object
     */
    public ServerCommand(Consumer<ServerCommand> completionRoutine) {
        this.completionRoutine = completionRoutine;
    }

    /** Prepares a transfer: Read or Write with a buffer. */
    public ServerCommand transfer(CommandCode code, SharedBuffer transferBuffer, int transferSize) {
        return prepare(code.number(), transferBuffer, transferSize, 0);
    }

    /** Prepares a command without a buffer. */
    public ServerCommand control(CommandCode code) {
        return prepare(code.number(), null, 0, 0);
    }

    /** Prepares any command by number; sizes and positions as vdi-facts section F. */
    public ServerCommand prepare(
            int code, @Nullable SharedBuffer newBuffer, int newSize, long position) {
        rawCode = code;
        buffer = newBuffer;
        size = newSize;
        inPosition = position;
        completionCode = 0;
        bytesTransferred = 0;
        outPosition = 0;
        return this;
    }

    /** Called by the set, once per send: stores the outcome and runs the routine. */
    public void complete(int code, int bytes, long position) {
        completionCode = code;
        bytesTransferred = bytes;
        outPosition = position;
        completionRoutine.accept(this);
    }

    /** The command's number. */
    public int rawCode() {
        return rawCode;
    }

    /** Bytes to transfer, or a count. */
    public int size() {
        return size;
    }

    /** The position asked for. */
    public long inPosition() {
        return inPosition;
    }

    /** The buffer, if the command has one. */
    public @Nullable SharedBuffer buffer() {
        return buffer;
    }

    /** The Win32 code of the outcome. */
    public int completionCode() {
        return completionCode;
    }

    /** Bytes moved; 0 after an abort. */
    public int bytesTransferred() {
        return bytesTransferred;
    }

    /** The position reported. */
    public long outPosition() {
        return outPosition;
    }
}
