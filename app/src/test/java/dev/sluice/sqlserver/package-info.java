/**
 * A double of SQL Server for tests of everything at once, from the unmodified JDBC driver through
 * the native library to the files and back. {@link dev.sluice.sqlserver.SqlServerDouble} speaks TDS
 * ({@link dev.sluice.tds}), keeps a little state for each database, and carries out BACKUP and
 * RESTORE through the server's end of a native library's double. The backups of a recorded database
 * replay streams that SQL Server wrote; a live one has files, pages and a log with marked
 * transactions, of which it makes its backups. Restores compare every byte with what was backed up,
 * and judge sets by their LSNs, bases and forks, for each file by itself. Messages have the numbers
 * and words of SQL Server's documentation.
 *
 * <p>It guesses nothing: a statement, an option or a column that it does not know ends the test.
 */
@NullMarked
package dev.sluice.sqlserver;

import org.jspecify.annotations.NullMarked;
