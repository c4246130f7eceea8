/** The form of a restore: from which set, to which database, and what that does. FX thread. */
@NullMarked
package dev.sluice.ui.restore;

import org.jspecify.annotations.NullMarked;
