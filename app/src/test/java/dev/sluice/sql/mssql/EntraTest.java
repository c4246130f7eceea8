package dev.sluice.sql.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;

import dev.sluice.sql.SqlServerException;
import dev.sluice.tds.Handler;
import dev.sluice.tds.Message;
import dev.sluice.tds.Reply;
import dev.sluice.tds.Request;
import dev.sluice.tds.TdsServer;
import dev.sluice.tds.TestCertificates;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/** Logins of Microsoft Entra, as far as they go without it. */
@Timeout(60)
class EntraTest {

    private static final String TOKEN = "hunter2.token";

    private static MssqlServer withToken(TdsServer server, Fingerprint trusted, String token) {
        return new MssqlServer(
                "prod",
                new ConnectionSettings(
                        "127.0.0.1",
                        server.port(),
                        null,
                        Encryption.MANDATORY,
                        trusted,
                        null,
                        new Login(LoginKind.ENTRA_TOKEN, null)),
                () -> token,
                () -> {
                    throw new AssertionError("no device set is asked for");
                });
    }

    @Test
    void anAccessTokenLogsIn(@TempDir Path folder) throws Exception {
        TestCertificates.Identity identity = new TestCertificates(folder).valid();
        Fingerprint trusted = Fingerprint.of(identity.certificate());
        Handler handler =
                new Handler() {
                    @Override
                    public void login(dev.sluice.tds.Login login, Reply reply) throws Exception {
                        if (login.kind() != dev.sluice.tds.Login.Kind.FEDERATED
                                || !login.password().equals(TOKEN)) {
                            reply.message(Message.loginFailed("<token-identified principal>"));
                        }
                    }

                    @Override
                    public void batch(Request request, Reply reply) {}
                };
        try (TdsServer server =
                TdsServer.start(dev.sluice.tds.Encryption.REQUIRED, identity, handler)) {
            withToken(server, trusted, TOKEN).connect().close();
            assertThatThrownBy(() -> withToken(server, trusted, "hunter2.old").connect())
                    .isInstanceOf(SqlServerException.class)
                    .hasMessageContaining("Msg 18456")
                    .hasMessageNotContaining("hunter2");
        }
    }

    /** The driver finds it at run time only, and asks for it by name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.microsoft.aad.msal4j.PublicClientApplication",
                "com.microsoft.aad.msal4j.ConfidentialClientApplication",
                "com.microsoft.aad.msal4j.InteractiveRequestParameters",
                "com.azure.json.JsonProvider",
                "com.sun.net.httpserver.HttpServer"
            })
    void theDriverHasWhatItLogsInWith(String name) throws Exception {
        Class<?> found = Class.forName(name, true, SQLServerConnection.class.getClassLoader());
        assertThat(SQLServerConnection.class.getModule().canRead(found.getModule())).isTrue();
    }
}
