/**
 * Device workers: the pipeline between a device of a set and a stripe, with its counters, its rate
 * limit and its drain. One worker thread per device; counters are written by the worker that owns
 * them and read by anyone.
 */
@NullMarked
package dev.sluice.transfer;

import org.jspecify.annotations.NullMarked;
