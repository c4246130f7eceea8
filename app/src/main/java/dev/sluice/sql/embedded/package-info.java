/**
 * The embedded server: H2 databases behind SQL Server's BACKUP and RESTORE statements and the
 * server's end of the Virtual Device Interface. It starts one thread per device and one for the
 * completion agent, for the time of a statement.
 */
@NullMarked
package dev.sluice.sql.embedded;

import org.jspecify.annotations.NullMarked;
