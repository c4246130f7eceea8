package dev.sluice.sql.embedded;

import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.TSql;
import dev.sluice.words.Told;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes a database to try things on: a small shop with customers, products, orders and, for the
 * bulk of its size, documents. The same size always gives the same rows.
 */
public final class SampleDatabase {

    /** Name of the sample that is made at first use. */
    public static final String NAME = "SluiceSample";

    /** Its size in bytes. */
    public static final long DEFAULT_SIZE = 16L << 20;

    /** The smallest size there is: what the tables need without documents. */
    public static final long MIN_SIZE = 1L << 20;

    private SampleDatabase() {}

    /**
     * Makes the sample of the default name and size, unless a database of that name exists.
     *
     * @return whether it was made
     * @throws SqlServerException when it could not be made
     */
    public static boolean createIfMissing(EmbeddedServer server) throws SqlServerException {
        try (SqlSession session = server.connect()) {
            if (session.databases().stream().anyMatch(d -> d.name().equalsIgnoreCase(NAME))) {
                return false;
            }
        }
        create(server, NAME, DEFAULT_SIZE);
        return true;
    }

    /**
     * Makes a sample database.
     *
     * @param name of the database, which must not exist
     * @param targetSizeBytes about how large its data file becomes, at least {@link #MIN_SIZE};
     *     never smaller, and a few percent larger
     * @throws SqlServerException with message 1801 when the name is taken; when the sample cannot
     *     be filled, what there is of it is dropped
     */
    public static void create(EmbeddedServer server, String name, long targetSizeBytes)
            throws SqlServerException {
        if (targetSizeBytes < MIN_SIZE) {
            throw new IllegalArgumentException(
                    "a sample of %d bytes is too small, it needs %d"
                            .formatted(targetSizeBytes, MIN_SIZE));
        }
        execute(server, "CREATE DATABASE " + TSql.quoteName(name));
        boolean filled = false;
        try (Connection connection = server.openConnection(name)) {
            new SampleData(connection, targetSizeBytes).fill();
            filled = true;
        } catch (SQLException e) {
            throw new SqlServerException(
                    Told.of("embedded.sample", name, String.valueOf(e.getMessage())), e);
        } finally {
            if (!filled) {
                execute(server, "DROP DATABASE " + TSql.quoteName(name));
            }
        }
    }

    private static void execute(EmbeddedServer server, String statement) throws SqlServerException {
        try (SqlSession session = server.connect()) {
            session.execute(statement, message -> {});
        }
    }
}
