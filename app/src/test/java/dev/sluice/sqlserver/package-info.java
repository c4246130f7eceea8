/**
 * A double of SQL Server for tests of everything at once, from the unmodified JDBC driver through
 * the native library to the files and back. {@link dev.sluice.sqlserver.SqlServerDouble} speaks TDS
 * ({@link dev.sluice.tds}), keeps a little state for each database, and carries out BACKUP and
 * RESTORE through the server's end of a native library's double. Its backups replay streams that
 * SQL Server wrote; its restores compare every byte with them, and judge the chain of backups by
 * the LSNs in their headers. Its messages have the numbers and words of SQL Server's documentation.
 *
 * <p>It guesses nothing: a statement, an option or a column that it does not know ends the test.
 */
@NullMarked
package dev.sluice.sqlserver;

import org.jspecify.annotations.NullMarked;
