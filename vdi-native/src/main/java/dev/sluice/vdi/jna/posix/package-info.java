/**
 * SQL Server's VDI library on Linux, {@code libsqlvdi.so} (vdi-facts section D): two C++ classes,
 * reached by their mangled symbols. {@link dev.sluice.vdi.jna.posix.PosixVdi} is the way in.
 */
@NullMarked
package dev.sluice.vdi.jna.posix;

import org.jspecify.annotations.NullMarked;
