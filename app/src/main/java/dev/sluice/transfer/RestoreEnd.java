package dev.sluice.transfer;

import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Buffers are filled from a source, one at a time: the stream's order is that of the commands. */
record RestoreEnd(StripeSource source) implements StripeEnd {

    @Override
    public CommandCode dataCommand() {
        return CommandCode.READ;
    }

    @Override
    public int batchLimit() {
        return 1;
    }

    @Override
    public void expectData() {}

    @Override
    public CompletionCode move(ByteBuffer[] buffers, int count) throws IOException {
        source.read(buffers[0]);
        return buffers[0].hasRemaining() ? CompletionCode.HANDLE_EOF : CompletionCode.SUCCESS;
    }

    @Override
    public CompletionCode control(CommandCode command) {
        return command == CommandCode.FLUSH ? CompletionCode.SUCCESS : CompletionCode.NOT_SUPPORTED;
    }

    @Override
    public CompletionCode faultCode() {
        return CompletionCode.READ_FAULT;
    }

    @Override
    public void interrupt() {
        source.interrupt();
    }

    @Override
    public boolean isChecking() {
        return source.isChecking();
    }

    @Override
    public long checkingNanos() {
        return source.checkingNanos();
    }
}
