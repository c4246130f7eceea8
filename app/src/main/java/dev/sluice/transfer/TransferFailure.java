package dev.sluice.transfer;

/**
 * The first failure among the devices of a set: usually the reason for all that follows.
 *
 * @param device from 0
 * @param cause an {@link java.io.IOException} of the stripe, or a {@link
 *     dev.sluice.vdi.VdiException} of the device
 */
public record TransferFailure(int device, Throwable cause) {}
