/**
 * Where the process begins and ends: {@link dev.sluice.launcher.Main}, the composition root that
 * wires the parts, the log, and the order of shutting down. Nothing depends on this package.
 */
@NullMarked
package dev.sluice.launcher;

import org.jspecify.annotations.NullMarked;
