/** The left side of the window: saved profiles. FX thread. */
@NullMarked
package dev.sluice.ui.sidebar;

import org.jspecify.annotations.NullMarked;
