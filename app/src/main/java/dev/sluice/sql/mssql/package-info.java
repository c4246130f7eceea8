/**
 * SQL Server itself: how to reach one, how to know it by its certificate, and how to log in. Never
 * holds a secret: that comes from the caller at the moment of connecting.
 */
@NullMarked
package dev.sluice.sql.mssql;

import org.jspecify.annotations.NullMarked;
