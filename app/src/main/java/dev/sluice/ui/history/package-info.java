/** The history of runs: the table, its filters, and the whole story of one run. FX thread. */
@NullMarked
package dev.sluice.ui.history;

import org.jspecify.annotations.NullMarked;
