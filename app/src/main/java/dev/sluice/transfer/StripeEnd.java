package dev.sluice.transfer;

import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A device's stripe as its worker sees it: what differs between backup and restore. */
sealed interface StripeEnd permits BackupEnd, RestoreEnd {

    /** The command that moves data in this direction. */
    CommandCode dataCommand();

    /** How many data commands may be answered in one go. */
    int batchLimit();

    /** A data command was fetched; {@link #move} follows, unless the set is aborted before. */
    void expectData();

    /**
     * Moves the data of the given buffers.
     *
     * @return {@link CompletionCode#SUCCESS} when each buffer was consumed or filled to its limit,
     *     {@link CompletionCode#HANDLE_EOF} when the stream ended first
     */
    CompletionCode move(ByteBuffer[] buffers, int count) throws IOException;

    /** Carries out a command without data that makes sense in this direction, or refuses it. */
    CompletionCode control(CommandCode command) throws IOException;

    /** The answer to a command that met an I/O failure without a code of its own. */
    CompletionCode faultCode();

    /** As {@link StripeSink#interrupt()}. */
    void interrupt();

    /** As {@link StripeSink#isChecking()}. */
    boolean isChecking();

    /** As {@link StripeSink#checkingNanos()}. */
    long checkingNanos();
}
