package dev.sluice.sql;

/**
 * How much room a volume of the server's machine has.
 *
 * @param path a file of a database on it, or its root, which ends with a separator
 * @param volume its mount point, such as {@code E:\} or {@code /var/opt/mssql}
 * @param freeBytes what the server may still use of it
 */
public record VolumeSpace(String path, String volume, long freeBytes) {}
