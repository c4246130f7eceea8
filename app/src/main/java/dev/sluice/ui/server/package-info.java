/** The form of a SQL Server: added, changed, tried, removed. FX thread. */
@NullMarked
package dev.sluice.ui.server;

import org.jspecify.annotations.NullMarked;
