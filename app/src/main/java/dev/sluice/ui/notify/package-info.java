/** The desktop's own notifications. They may wait for the desktop: never on the FX thread. */
@NullMarked
package dev.sluice.ui.notify;

import org.jspecify.annotations.NullMarked;
