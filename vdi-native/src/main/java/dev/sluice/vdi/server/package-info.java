/**
 * The server end of the Virtual Device Interface ({@code IServerVirtualDeviceSet2}, {@code
 * IServerVirtualDevice}): what a database server uses to reach a backup program. The specification
 * publishes it for information; here it lets the embedded server speak the same protocol as SQL
 * Server.
 *
 * <p>A device set may be used from any thread; a device has one thread. The completion agent runs
 * on a thread which the server lends to {@link
 * dev.sluice.vdi.server.ServerDeviceSet#executeCompletionAgent()}.
 */
@NullMarked
package dev.sluice.vdi.server;

import org.jspecify.annotations.NullMarked;
