package dev.sluice.transfer;

import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Buffers go to a sink. */
record BackupEnd(StripeSink sink, CompletionGate gate) implements StripeEnd {

    /** Enough to make one large write of small transfers; far below any queue. */
    private static final int BATCH = 16;

    @Override
    public CommandCode dataCommand() {
        return CommandCode.WRITE;
    }

    @Override
    public int batchLimit() {
        return BATCH;
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
        return CompletionCode.SUCCESS;
    }

    private CompletionCode complete() throws IOException {
        sink.flush();
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
