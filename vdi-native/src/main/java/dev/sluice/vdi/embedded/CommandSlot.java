package dev.sluice.vdi.embedded;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.DeviceSetObservation.Holder;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.server.ServerCommand;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * A place for one command on its way from the server to the client and back; used again for later
 * commands. Changed inside the set's monitor.
 */
final class CommandSlot implements Command {

    /** Where the command is. */
    enum Stage {
        /** No command here. */
        IDLE,
        /** In the device's queue. */
        QUEUED,
        /** In the client's hands. */
        FETCHED,
        /** Completed; its routine has still to run. */
        DONE,
        /** The set was aborted while the client had it: the server is answered already. */
        ORPHANED
    }

    private final Device device;
    private volatile Stage stage = Stage.IDLE;
    private @Nullable ServerCommand command;
    private @Nullable AreaBuffer buffer;
    private @Nullable ClientEnd client;
    private int rawCode;
    private int size;
    private long position;
    private @Nullable ByteBuffer data;

    private int completionCode;
    private int bytesTransferred;
    private long outPosition;
    private @Nullable CommandSlot nextDone;

    CommandSlot(Device device) {
        this.device = device;
    }

    void queue(ServerCommand sent, @Nullable AreaBuffer itsBuffer) {
        command = sent;
        buffer = itsBuffer;
        rawCode = sent.rawCode();
        size = sent.size();
        position = sent.inPosition();
        stage = Stage.QUEUED;
        travel(Holder.QUEUED);
    }

    void fetch(ClientEnd fetcher) {
        client = fetcher;
        data = buffer == null ? null : fetcher.dataOf(buffer, size);
        stage = Stage.FETCHED;
        travel(Holder.CLIENT);
    }

    /** Notes the outcome; the buffer goes back to the server. */
    void finish(int code, int bytes, long reportedPosition) {
        setOutcome(code, bytes, reportedPosition);
        stage = Stage.DONE;
        travel(Holder.FREE);
    }

    /** Notes the outcome while the client goes on holding the buffer. */
    void orphan(int code) {
        setOutcome(code, 0, 0);
        stage = Stage.ORPHANED;
    }

    /** The client tried to complete it after the abort, so it needs the buffer no more. */
    void giveBack() {
        travel(Holder.FREE);
    }

    private void setOutcome(int code, int bytes, long reportedPosition) {
        completionCode = code;
        bytesTransferred = bytes;
        outPosition = reportedPosition;
    }

    private void travel(Holder holder) {
        if (buffer != null) {
            buffer.travel(holder, device.index());
        }
    }

    /** Makes the place free for another command. */
    void clear() {
        command = null;
        buffer = null;
        data = null;
        client = null;
        stage = Stage.IDLE;
    }

    Stage stage() {
        return stage;
    }

    Device device() {
        return device;
    }

    ServerCommand command() {
        if (command == null) {
            throw new IllegalStateException("No command is here");
        }
        return command;
    }

    int completionCode() {
        return completionCode;
    }

    int bytesTransferred() {
        return bytesTransferred;
    }

    long outPosition() {
        return outPosition;
    }

    @Nullable CommandSlot nextDone() {
        return nextDone;
    }

    void setNextDone(@Nullable CommandSlot next) {
        nextDone = next;
    }

    @Override
    public CommandCode code() {
        return CommandCode.of(rawCode);
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
        holder();
        ByteBuffer present = data;
        if (present == null) {
            throw new IllegalStateException(code() + " has no buffer");
        }
        return present;
    }

    @Override
    public ByteBuffer prefixZone() {
        ClientEnd end = holder();
        AreaBuffer present = buffer;
        if (present == null) {
            throw new IllegalStateException(code() + " has no buffer, hence no prefix zone");
        }
        return end.prefixOf(present);
    }

    @Override
    public int bufferId() {
        AreaBuffer present = buffer;
        return present == null ? -1 : present.id();
    }

    private ClientEnd holder() {
        ClientEnd end = client;
        Stage now = stage;
        if (end == null || (now != Stage.FETCHED && now != Stage.ORPHANED)) {
            throw new IllegalStateException("The command is completed; its buffer is the server's");
        }
        if (end.isClosed()) {
            throw new IllegalStateException(
                    "The client closed the device set; its buffers are gone");
        }
        return end;
    }
}
