package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;

import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens data files with H2. */
final class DataFiles {

    /** How the name of a data file ends; H2 wants it so. */
    static final String SUFFIX = ".mv.db";

    private DataFiles() {}

    /** Makes a new, empty data file. */
    static void create(Path file) throws IOException, SQLException {
        PrivateFiles.createNew(file).close();
        connect(file, "").close();
    }

    /** Opens an existing data file. */
    static Connection open(Path file) throws SQLException {
        return connect(file, ";IFEXISTS=TRUE");
    }

    private static Connection connect(Path file, String settings) throws SQLException {
        DataFileSystem.install();
        String path = file.toString();
        Properties login = new Properties();
        login.setProperty("user", "SA");
        login.setProperty("password", "");
        return Driver.load()
                .connect(
                        "jdbc:h2:%s:%s;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0%s"
                                .formatted(
                                        DataFileSystem.SCHEME,
                                        path.substring(0, path.length() - SUFFIX.length()),
                                        settings),
                        login);
    }

    /** The store behind a connection. */
    static MVStore store(Connection connection) throws SQLException {
        SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }

    /** Whether a data file could not be opened because another process has it open. */
    static boolean isOpenElsewhere(SQLException e) {
        return e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
    }

    /** Whether a data file could not be opened because it is not there any more. */
    static boolean isGone(SQLException e) {
        return e.getErrorCode() == ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1;
    }
}
