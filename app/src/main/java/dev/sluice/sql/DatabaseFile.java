package dev.sluice.sql;

/**
 * A file of a database, as the server lists it.
 *
 * @param database name of the database
 * @param logicalName its logical name, by which MOVE and FILE speak of it
 * @param path where it is, on the server
 */
public record DatabaseFile(String database, String logicalName, String path) {}
