package dev.sluice.transfer;

import dev.sluice.vdi.protocol.CompletionCode;

import org.jspecify.annotations.Nullable;

/**
 * The first failure among the devices of a set: usually the reason for all that follows.
 *
 * @param device from 0
 * @param cause an {@link java.io.IOException} of the stripe, or a {@link
 *     dev.sluice.vdi.VdiException} of the device
 * @param answer what the server was told of a stripe's failure; null when it was the device that
 *     failed
 */
public record TransferFailure(int device, Throwable cause, @Nullable CompletionCode answer) {}
