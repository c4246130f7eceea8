/** The left side of the window: databases of the servers, and saved profiles. FX thread. */
@NullMarked
package dev.sluice.ui.sidebar;

import org.jspecify.annotations.NullMarked;
