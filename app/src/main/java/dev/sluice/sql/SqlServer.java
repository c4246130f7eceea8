package dev.sluice.sql;

import dev.sluice.vdi.VdiProvider;

import org.jspecify.annotations.Nullable;

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
     * The instance name as the Virtual Device Interface wants it: bare, or null for the default
     * instance.
     */
    @Nullable String instanceName();

    /** How this server's device sets are reached. */
    VdiProvider vdi();

    /**
     * Opens a session. The caller closes it.
     *
     * @throws SqlServerException when the server cannot be reached or refuses
     */
    SqlSession connect() throws SqlServerException;
}
