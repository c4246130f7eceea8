/**
 * SQL Server's own library for the Virtual Device Interface, found on this machine and offered as a
 * {@link dev.sluice.vdi.VdiProvider}: {@code sqlvdi.dll} on Windows ({@code .com}), {@code
 * libsqlvdi.so} on Linux ({@code .posix}). What both have in common, above all that no native
 * memory is touched after Close, is in {@code .client}. JNA is imported below this package only.
 */
@NullMarked
package dev.sluice.vdi.jna;

import org.jspecify.annotations.NullMarked;
