/** The window around the views: sidebar, header, the job's bar, pages, notices. FX thread. */
@NullMarked
package dev.sluice.ui.shell;

import org.jspecify.annotations.NullMarked;
