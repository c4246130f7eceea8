/**
 * A job as one watches it: state strip, progress, devices, the map of all shared buffers, the
 * drain's checklist, the log, the outcome. FX thread.
 */
@NullMarked
package dev.sluice.ui.running;

import org.jspecify.annotations.NullMarked;
