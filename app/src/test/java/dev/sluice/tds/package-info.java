/**
 * A server for tests that speaks TDS, the protocol of SQL Server, so that the unmodified JDBC
 * driver connects to it. It knows nothing of databases: a {@link dev.sluice.tds.Handler} answers
 * what clients send. Written from Microsoft's open specification [MS-TDS].
 */
@NullMarked
package dev.sluice.tds;

import org.jspecify.annotations.NullMarked;
