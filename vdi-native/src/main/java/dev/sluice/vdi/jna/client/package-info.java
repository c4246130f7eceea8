/**
 * A native client library behind the interface {@link dev.sluice.vdi.ClientDeviceSet}: who is
 * inside a native call, who holds a buffer, and when Close may come. Knows addresses and statuses,
 * not JNA: a {@link dev.sluice.vdi.jna.client.ClientBinding} makes the calls.
 */
@NullMarked
package dev.sluice.vdi.jna.client;

import org.jspecify.annotations.NullMarked;
