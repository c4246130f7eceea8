/**
 * Files of their owner alone, replaced atomically and durably: the one place that knows how. Used
 * by every package that keeps files. No state, no threads.
 */
@NullMarked
package dev.sluice.files;

import org.jspecify.annotations.NullMarked;
