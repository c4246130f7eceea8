package dev.sluice.transfer;

import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Buffers go to a sink. */
final class BackupEnd implements StripeEnd {

    /** Enough to make one large write of small transfers; far below any queue. */
    private static final int BATCH = 16;

    private final int device;
    private final StripeSink sink;
    private final CompletionGate gate;

    /** As the gate has it; the worker's own, so that it need not ask for each command. */
    private boolean sealed;

    BackupEnd(int device, StripeSink sink, CompletionGate gate) {
        this.device = device;
        this.sink = sink;
        this.gate = gate;
        gate.unseal(device);
    }

    @Override
    public CommandCode dataCommand() {
        return CommandCode.WRITE;
    }

    @Override
    public int batchLimit() {
        return BATCH;
    }

    @Override
    public void expectData() {
        if (sealed) {
            sealed = false;
            gate.unseal(device);
        }
    }

    @Override
    public CompletionCode move(ByteBuffer[] buffers, int count) throws IOException {
        sink.write(buffers, count);
        return CompletionCode.SUCCESS;
    }

    @Override
    public CompletionCode control(CommandCode command) throws IOException {
        return switch (command) {
            case FLUSH -> flush();
            case COMPLETE -> complete();
            default -> CompletionCode.NOT_SUPPORTED;
        };
    }

    private CompletionCode flush() throws IOException {
        sink.flush();
        gate.seal(device);
        sealed = true;
        return CompletionCode.SUCCESS;
    }

    private CompletionCode complete() throws IOException {
        flush();
        return gate.tryPass() ? CompletionCode.SUCCESS : CompletionCode.OPERATION_ABORTED;
    }

    @Override
    public CompletionCode faultCode() {
        return CompletionCode.WRITE_FAULT;
    }

    @Override
    public void interrupt() {
        sink.interrupt();
    }

    @Override
    public boolean isChecking() {
        return sink.isChecking();
    }

    @Override
    public long checkingNanos() {
        return sink.checkingNanos();
    }
}
