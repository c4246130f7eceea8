/** The settings of the window, and what Sluice is. FX thread. */
@NullMarked
package dev.sluice.ui.settings;

import org.jspecify.annotations.NullMarked;
