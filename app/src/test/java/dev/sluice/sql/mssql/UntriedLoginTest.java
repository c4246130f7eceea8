package dev.sluice.sql.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;

/** What is said of logins that only other machines or Microsoft's services refuse. */
class UntriedLoginTest {

    @Test
    void theLibraryThatWindowsLoginsNeedIsNamedWithWhereToGetIt() {
        UnsatisfiedLinkError met =
                new UnsatisfiedLinkError("Unable to load authentication DLL auth-1.2.3.x64");
        assertThat(ConnectFailure.noLibrary(met, "Windows Server 2025").english())
                .contains("auth-1.2.3.x64", "does not bring it along")
                .contains("github.com/microsoft/mssql-jdbc/releases", "PATH");
    }

    @ParameterizedTest
    @CsvSource({
        "ENTRA_INTERACTIVE, login in the browser",
        "ENTRA_SERVICE_PRINCIPAL, client secret"
    })
    void aTokenThatEntraRefusesIsNoMatterOfTheNetwork(LoginKind kind, String advice) {
        ConnectionSettings settings =
                new ConnectionSettings(
                        "127.0.0.1",
                        1,
                        null,
                        Encryption.MANDATORY,
                        null,
                        null,
                        new Login(kind, "1234"));
        Throwable cause = new ExecutionException(new IllegalStateException("AADSTS7000215"));
        SQLException met = new SQLException("AADSTS7000215: refused.", cause);
        assertThat(new ConnectFailure("prod", settings, met).exception())
                .hasMessageContaining("Entra gave no access token: AADSTS7000215: refused.")
                .hasMessageContaining(advice);
    }
}
