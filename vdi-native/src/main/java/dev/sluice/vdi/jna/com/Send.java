package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.protocol.VdsCommandLayout;
import dev.sluice.vdi.server.ServerCommand;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One command on its way to the client and back: a {@code VDS_Command} in native memory, used again
 * for later commands.
 *
 * <p>The library has it between SendCommand's beginning and the later of two events: SendCommand's
 * return, and the completion routine's. Either may come first, and a library might forget the
 * routine of a command it refused, or of one that came too late for the last agent; whoever sets
 * FINISHED runs the server's routine, so that it runs once.
 */
final class Send {

    private static final int FINISHED = 1;
    private static final int RETURNED = 2;
    private static final int CALLED_BACK = 4;
    private static final int LET_GO = 8;
    private static final int DONE = FINISHED | RETURNED | CALLED_BACK | LET_GO;

    private final CompletionRoutine routine;
    private final int number;
    private final MemorySegment memory = Arena.global().allocate(VdsCommandLayout.LENGTH, 8);
    private final AtomicInteger steps = new AtomicInteger(DONE);

    private volatile @Nullable ComServerDevice device;
    private volatile @Nullable ServerCommand command;

    private volatile int completionCode;

    Send(CompletionRoutine routine, int number) {
        this.routine = routine;
        this.number = number;
    }

    /** Fills the native command; it is with the library from here on. */
    void begin(ComServerDevice sender, ServerCommand sent, long buffer) {
        device = sender;
        command = sent;
        completionCode = 0;
        VdsCommandLayout.write(
                new VdsCommandLayout.Fields(
                        sent.rawCode(),
                        sent.size(),
                        sent.inPosition(),
                        0,
                        buffer,
                        routine.address(),
                        number,
                        0,
                        0),
                memory);
        steps.set(0);
    }

    long address() {
        return memory.address();
    }

    /**
     * Whether this set's command is out of its sender's hands, and its routine has still to run.
     */
    boolean isPending(ServerSet set) {
        ComServerDevice sender = device;
        return sender != null
                && sender.set() == set
                && (steps.get() & (FINISHED | RETURNED)) == RETURNED;
    }

    /** The library called: the command has an outcome. */
    void calledBack() {
        VdsCommandLayout.Fields outcome = VdsCommandLayout.read(memory);
        completionCode = outcome.completionCode();
        runOnce(outcome.completionCode(), outcome.bytesTransferred(), outcome.outPosition());
        pass(CALLED_BACK);
    }

    /**
     * What the library called back with; 0 before. The sender of a refused command reads it, whom
     * the library calls before SendCommand returns.
     */
    int completionCode() {
        return completionCode;
    }

    /** Runs the routine if the library has not and will not. */
    void fail(int code) {
        runOnce(code, 0, 0);
    }

    /** SendCommand came back. */
    void returned() {
        steps.updateAndGet(present -> present | RETURNED);
    }

    /** The sender has done with this object. */
    void letGo() {
        pass(LET_GO);
    }

    private void runOnce(int code, int bytes, long position) {
        ComServerDevice sender = device;
        ServerCommand sent = command;
        int before = steps.getAndUpdate(present -> present | FINISHED);
        if ((before & FINISHED) == 0 && sender != null && sent != null) {
            sender.run(sent, code, bytes, position);
        }
    }

    private void pass(int step) {
        if (steps.updateAndGet(present -> present | step) == DONE) {
            device = null;
            command = null;
            routine.recycle(this);
        }
    }
}
