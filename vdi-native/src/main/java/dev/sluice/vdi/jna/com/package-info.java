/**
 * SQL Server's {@code sqlvdi.dll} on Windows, through COM: both ends, and finding the library. Only
 * {@code Ole32Runtime}, {@code Registry} and {@code FileVersion} need Windows; everything else runs
 * against any object that has the vtables of vdi-facts B.2 to B.6. For 64-bit machines, where there
 * is one calling convention and addresses are longs; a 32-bit Java is refused.
 */
@NullMarked
package dev.sluice.vdi.jna.com;

import org.jspecify.annotations.NullMarked;
