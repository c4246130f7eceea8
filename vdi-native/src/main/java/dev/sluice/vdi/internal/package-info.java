/**
 * What the providers share and nobody else sees: the clock, one end's view of shared memory, and
 * the gate that Close waits at.
 */
@NullMarked
package dev.sluice.vdi.internal;

import org.jspecify.annotations.NullMarked;
