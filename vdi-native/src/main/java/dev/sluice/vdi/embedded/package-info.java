/**
 * Both ends of the Virtual Device Interface in one process, over shared direct memory: what SQL
 * Server and its library are on a machine that has them.
 *
 * <p>{@link dev.sluice.vdi.embedded.EmbeddedVdi} is the way in. Inside, one {@code SharedSet} holds
 * what both ends share, and its monitor guards all of it; a {@code ClientEnd} or {@code ServerEnd}
 * is one object's part in the set, with its own state and its own view of the memory. No thread is
 * started here: callers lend theirs. Nothing user-written runs inside the monitor.
 */
@NullMarked
package dev.sluice.vdi.embedded;

import org.jspecify.annotations.NullMarked;
