/**
 * The client end of the Virtual Device Interface: what a backup program uses.
 *
 * <p>A {@link dev.sluice.vdi.VdiProvider} makes device sets; a {@link
 * dev.sluice.vdi.ClientDeviceSet} opens {@link dev.sluice.vdi.ClientDevice}s; a device delivers
 * {@link dev.sluice.vdi.Command}s. A device set may be used from any thread; a device has one
 * thread that fetches, while any thread may complete. Java names stand for the specification's:
 * {@code IClientVirtualDeviceSet2} and {@code IClientVirtualDevice}.
 */
@NullMarked
package dev.sluice.vdi;

import org.jspecify.annotations.NullMarked;
