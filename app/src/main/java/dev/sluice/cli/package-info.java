/**
 * The command line: one class per command, a live view of a running job for terminals, and plain
 * lines for everything else. A face of {@link dev.sluice.job} like the window; it holds no logic
 * that the window would need too. Commands run on the thread that calls {@link dev.sluice.cli.Cli}.
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
