/**
 * The protocol as plain data: codes, feature bits, layouts, states and the two transition tables.
 * Nothing here starts a thread, takes a lock or reads a clock; both ends and every provider share
 * it.
 */
@NullMarked
package dev.sluice.vdi.protocol;

import org.jspecify.annotations.NullMarked;
