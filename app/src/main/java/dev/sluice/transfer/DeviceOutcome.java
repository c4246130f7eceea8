package dev.sluice.transfer;

import org.jspecify.annotations.Nullable;

/**
 * How a device worker ended.
 *
 * @param end {@link DeviceState#CLOSED}, {@link DeviceState#ABORTED} or {@link DeviceState#FAILED}
 * @param cause the worker's first failure; null without one. An aborted worker may have failed
 *     before.
 */
public record DeviceOutcome(DeviceState end, @Nullable Throwable cause) {}
