package dev.sluice.sql;

import dev.sluice.vdi.VdiProvider;

/**
 * A server the user can choose: where its statements go, and how its device sets are reached. Safe
 * from any thread.
 */
public interface SqlServer {

    /**
     * The name the user knows it by, such as {@code embedded}; part of the path of a backup set.
     */
    String name();

    /**
     * How this server's device sets are reached.
     *
     * @throws SqlServerException when they cannot be from here, with the reason
     */
    VdiProvider vdi() throws SqlServerException;

    /**
     * Opens a session. The caller closes it.
     *
     * @throws SqlServerException when the server cannot be reached or refuses
     */
    SqlSession connect() throws SqlServerException;
}
