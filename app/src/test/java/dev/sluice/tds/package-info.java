/**
 * A server for tests that speaks TDS, SQL Server's protocol, so that its unmodified JDBC driver
 * connects. It knows nothing of databases: a {@link dev.sluice.tds.Handler} answers what clients
 * send. Written from Microsoft's open specification [MS-TDS], to whose sections comments refer, and
 * from what the driver shows on the wire.
 *
 * <p>Spoken: TDS 7.4 and 8.0 over TCP; PRELOGIN with each of its answers on encryption; LOGIN7 of a
 * SQL login, or with an access token; batches; the procedures for prepared statements
 * (sp_executesql, sp_prepare, sp_execute, sp_prepexec, sp_unprepare); INFO and ERROR as they come,
 * results of the types in {@link dev.sluice.tds.SqlType}, counts of rows, attention and its
 * acknowledgement.
 *
 * <p>Not spoken: other logins, which are refused as failed (18456); other features (FEATUREEXTACK:
 * the driver does without, and then does not restore a broken connection by itself), MARS, cursors,
 * transaction requests, bulk load, calls of procedures by their names, several calls in one
 * message, a request cancelled before it was wholly sent, values of types not in the list
 * (sql_variant, xml, date, time, datetimeoffset, money). A client that sends such a message makes
 * {@link dev.sluice.tds.TdsServer#close()} fail.
 *
 * <p>SQL Browser is missing: the driver asks it at UDP port 1434 and nowhere else, which a machine
 * may have in use.
 */
@NullMarked
package dev.sluice.tds;

import org.jspecify.annotations.NullMarked;
