/** Benchmarks that are run by hand, with a command of the README; the tests never run them. */
@NullMarked
package dev.sluice.benchmark;

import org.jspecify.annotations.NullMarked;
