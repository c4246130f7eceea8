/**
 * What else Sluice asks of Windows: data that only the user's account can read. It is here, though
 * no part of the Virtual Device Interface, because JNA is imported below {@code dev.sluice.vdi.jna}
 * only.
 */
@NullMarked
package dev.sluice.vdi.jna.windows;

import org.jspecify.annotations.NullMarked;
