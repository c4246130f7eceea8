/**
 * What the product says to a SQL server and what it hears: sessions, messages, result tables, and
 * the BACKUP and RESTORE statements as typed descriptions that turn into T-SQL. Implementations
 * live in sub-packages. A session belongs to one thread; only {@link
 * dev.sluice.sql.SqlSession#cancel()} may be called from another.
 */
@NullMarked
package dev.sluice.sql;

import org.jspecify.annotations.NullMarked;
