/**
 * What the providers share and nobody else sees: the clock, and one end's view of shared memory.
 */
@NullMarked
package dev.sluice.vdi.internal;

import org.jspecify.annotations.NullMarked;
