/** The form of a backup: what is asked for, checked as it is typed, and what it will run. */
@NullMarked
package dev.sluice.ui.backup;

import org.jspecify.annotations.NullMarked;
