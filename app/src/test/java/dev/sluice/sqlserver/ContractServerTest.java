package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.TSql;
import dev.sluice.sql.mssql.ConnectionSettings;
import dev.sluice.sql.mssql.Encryption;
import dev.sluice.sql.mssql.Fingerprint;
import dev.sluice.sql.mssql.Login;
import dev.sluice.sql.mssql.LoginKind;
import dev.sluice.sql.mssql.MssqlServer;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.NativeVdi;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.util.List;
import java.util.UUID;

/**
 * A real SQL Server on this machine, when the environment names one: {@code
 * SLUICE_CONTRACT_SERVER}, host and port with a colon between; {@code SLUICE_CONTRACT_LOGIN} and
 * {@code SLUICE_CONTRACT_PASSWORD}, a SQL login in sysadmin; {@code SLUICE_CONTRACT_CERTIFICATE},
 * the SHA-256 fingerprint of the server's certificate. {@code src/test/docker} has a recipe.
 */
@Tag("sqlserver")
@EnabledIfEnvironmentVariable(
        named = "SLUICE_CONTRACT_SERVER",
        matches = ".+:\\d+",
        disabledReason = "no SQL Server is named")
class ContractServerTest extends SqlServerContract {

    /** Nobody else's database has such a name. */
    private final String database = "sluice contract " + UUID.randomUUID();

    private final SqlServer server;

    ContractServerTest() throws Exception {
        String address = environment("SLUICE_CONTRACT_SERVER");
        int colon = address.lastIndexOf(':');
        server =
                new MssqlServer(
                        "contract",
                        new ConnectionSettings(
                                address.substring(0, colon),
                                Integer.parseInt(address.substring(colon + 1)),
                                null,
                                Encryption.MANDATORY,
                                new Fingerprint(environment("SLUICE_CONTRACT_CERTIFICATE")),
                                null,
                                new Login(LoginKind.SQL, environment("SLUICE_CONTRACT_LOGIN"))),
                        () -> environment("SLUICE_CONTRACT_PASSWORD"),
                        ContractServerTest::library);
        String name = TSql.quoteName(database);
        execute("CREATE DATABASE " + name);
        execute("CREATE TABLE " + name + ".dbo.numbers (n int NOT NULL, text nvarchar(60))");
        execute(
                "INSERT INTO "
                        + name
                        + ".dbo.numbers SELECT TOP (20000) ROW_NUMBER() OVER (ORDER BY (SELECT"
                        + " 1)), a.name FROM sys.all_columns AS a CROSS JOIN sys.all_objects AS b");
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("the environment lacks " + name);
        }
        return value;
    }

    private static VdiProvider library() throws SqlServerException {
        try {
            return NativeVdi.open();
        } catch (NativeVdiException e) {
            throw new SqlServerException(Told.of(e), e);
        }
    }

    @Override
    SqlServer server() {
        return server;
    }

    @Override
    String database() {
        return database;
    }

    @Override
    void change() throws Exception {
        execute(
                "UPDATE %s.dbo.numbers SET text = CAST(NEWID() AS nvarchar(60)) WHERE n %% 97 = 0"
                        .formatted(TSql.quoteName(database)));
    }

    @Override
    void assertSame(String one, String other) throws Exception {
        List<Object> contents = contents(one);
        assertThat(contents).isNotEmpty().isEqualTo(contents(other));
    }

    /** Number of rows, and a sum over all of them. */
    private List<Object> contents(String name) throws SqlServerException {
        try (SqlSession session = server.connect()) {
            return List.copyOf(
                    session.execute(
                                    "SELECT COUNT(*) AS n, CHECKSUM_AGG(BINARY_CHECKSUM(*)) AS c"
                                            + " FROM "
                                            + TSql.quoteName(name)
                                            + ".dbo.numbers",
                                    message -> {})
                            .tables()
                            .getFirst()
                            .rows()
                            .getFirst());
        }
    }

    @Override
    void tidyUp() throws Exception {
        for (String name : List.of(database, database + " copy")) {
            execute("DROP DATABASE IF EXISTS " + TSql.quoteName(name));
        }
    }

    private void execute(String statement) throws SqlServerException {
        try (SqlSession session = server.connect()) {
            session.execute(statement, message -> {});
        }
    }
}
