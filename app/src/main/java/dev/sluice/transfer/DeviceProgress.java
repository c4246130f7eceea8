package dev.sluice.transfer;

import dev.sluice.vdi.protocol.CommandCode;

import org.jspecify.annotations.Nullable;

/**
 * A device worker at one moment. The values are consistent one by one, not together. Times are in
 * nanoseconds of the transfer's clock, and those spent on something include what goes on.
 *
 * @param state what the worker does
 * @param command the command it works on; null for none
 * @param bytes moved so far
 * @param inHand commands fetched and not completed
 * @param since the clock's reading when the worker entered the state
 * @param serverNanos time spent waiting for the server's commands
 * @param checkingNanos time spent on digests
 * @param ioNanos time spent in I/O, digests not counted
 * @param throttledNanos time spent held back by the rate limit
 */
public record DeviceProgress(
        DeviceState state,
        @Nullable CommandCode command,
        long bytes,
        int inHand,
        long since,
        long serverNanos,
        long checkingNanos,
        long ioNanos,
        long throttledNanos) {}
