/**
 * The guided restore: from which sets and to which moment, to which database and files, and exactly
 * what will run. FX thread.
 */
@NullMarked
package dev.sluice.ui.restore;

import org.jspecify.annotations.NullMarked;
