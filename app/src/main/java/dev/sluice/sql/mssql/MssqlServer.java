package dev.sluice.sql.mssql;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;

import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.vdi.VdiProvider;

import java.sql.SQLException;

/**
 * A SQL Server that the user has added, over its JDBC driver. Each session is a connection of its
 * own, made when asked for. Safe from any thread.
 */
public final class MssqlServer implements SqlServer {

    /** Where the secret of the login comes from, each time a connection is made. */
    @FunctionalInterface
    public interface SecretOfLogin {
        /**
         * The password, client secret or access token; kept by nobody here.
         *
         * @throws SqlServerException when there is none
         */
        String get() throws SqlServerException;
    }

    /** Opens SQL Server's own library, which reaches its device sets. */
    @FunctionalInterface
    public interface VdiOfMachine {
        /**
         * The library, opened once.
         *
         * @throws SqlServerException when this machine has none, with the reason
         */
        VdiProvider get() throws SqlServerException;
    }

    private final String name;
    private final ConnectionSettings settings;
    private final SecretOfLogin secret;
    private final VdiOfMachine vdi;

    /**
     * @param name as the user calls it
     * @param settings how to reach it
     * @param secret asked only when the login needs one
     * @param vdi asked only when a device set is needed
     */
    public MssqlServer(
            String name, ConnectionSettings settings, SecretOfLogin secret, VdiOfMachine vdi) {
        this.name = name;
        this.settings = settings;
        this.secret = secret;
        this.vdi = vdi;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public VdiProvider vdi() throws SqlServerException {
        return vdi.get();
    }

    @Override
    public SqlSession connect() throws SqlServerException {
        String word = settings.login().needsSecret() ? secret.get() : "";
        try {
            SQLServerConnection connection = new Connector(settings).connect(word);
            // nobody wants a browser to open in the middle of a backup
            boolean watchable = settings.login().kind() != LoginKind.ENTRA_INTERACTIVE;
            return new MssqlSession(name, connection, watchable);
        } catch (SQLException e) {
            throw new ConnectFailure(name, settings, e).exception();
        }
    }
}
