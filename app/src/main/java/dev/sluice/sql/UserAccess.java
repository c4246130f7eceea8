package dev.sluice.sql;

/** Whom a database admits ({@code user_access_desc} of {@code sys.databases}). */
public enum UserAccess {
    /** Everybody who may. */
    MULTI_USER,
    /** Its owners, and members of dbcreator and sysadmin. */
    RESTRICTED_USER,
    /** One connection at a time. */
    SINGLE_USER
}
