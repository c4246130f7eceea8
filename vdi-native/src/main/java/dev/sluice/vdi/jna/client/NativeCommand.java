package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.VdcCommandLayout;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A place for one command of a device in the client's hands; used again for later commands. Filled
 * by the device's fetching thread while idle; the stage decides which thread may complete it.
 */
final class NativeCommand implements Command {

    private enum Stage {
        /** No command here. */
        IDLE,
        /** In the client's hands. */
        FETCHED,
        /** On its way back. */
        COMPLETING
    }

    // all memory: commands lie where the library put them, in no allocation of ours
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private final NativeDevice device;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.IDLE);
    private long token;
    private int rawCode;
    private CommandCode code = CommandCode.UNKNOWN;
    private int size;
    private long position;
    private @Nullable NativeBuffer buffer;

    NativeCommand(NativeDevice device) {
        this.device = device;
    }

    NativeDevice device() {
        return device;
    }

    boolean isIdle() {
        return stage.get() == Stage.IDLE;
    }

    /**
     * Takes a command over from the library.
     *
     * @param address of the VDC_Command
     */
    void receive(long address, BufferTable buffers) {
        token = address;
        rawCode = VdcCommandLayout.commandCode(MEMORY, address);
        code = CommandCode.of(rawCode);
        size = VdcCommandLayout.size(MEMORY, address);
        position = VdcCommandLayout.position(MEMORY, address);
        buffer = null;
        long data = VdcCommandLayout.buffer(MEMORY, address);
        if (code.hasBuffer() && data != 0 && size >= 0) {
            NativeBuffer received = buffers.at(data, size);
            received.receive(size, device.index());
            buffer = received;
        }
        stage.set(Stage.FETCHED);
    }

    /** Whether the caller is the one to complete it. */
    boolean beginCompletion() {
        return stage.compareAndSet(Stage.FETCHED, Stage.COMPLETING);
    }

    /** Back into the client's hands: the completion was refused before the library heard of it. */
    void cancelCompletion() {
        stage.set(Stage.FETCHED);
    }

    /**
     * The buffer is the server's from here on.
     *
     * @return what identifies the command to the library
     */
    long giveBack() {
        // before the library hears of it: right afterwards another thread may receive the buffer
        NativeBuffer given = buffer;
        if (given != null) {
            given.giveBack();
        }
        return token;
    }

    void endCompletion() {
        stage.set(Stage.IDLE);
    }

    @Override
    public CommandCode code() {
        return code;
    }

    @Override
    public int rawCode() {
        return rawCode;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public ByteBuffer buffer() {
        return held().data();
    }

    @Override
    public ByteBuffer prefixZone() {
        return held().prefix(device.prefixZoneSize());
    }

    @Override
    public int bufferId() {
        NativeBuffer present = buffer;
        return present == null ? -1 : present.id();
    }

    private NativeBuffer held() {
        if (stage.get() != Stage.FETCHED) {
            throw new IllegalStateException("The command is completed; its buffer is the server's");
        }
        NativeBuffer present = buffer;
        if (present == null) {
            throw new IllegalStateException(code + " has no buffer");
        }
        return present;
    }
}
