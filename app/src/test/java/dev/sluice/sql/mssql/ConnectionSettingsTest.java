package dev.sluice.sql.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {

    private static final Login SQL = new Login(LoginKind.SQL, "backup_operator");
    private static final String HEX = "5e0b".repeat(16);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "SQL01",
                "sql_01.corp.example",
                "10.0.0.7",
                "::1",
                "fe80::1%eth0",
                "datenbänke.example"
            })
    void takesNamesAndAddresses(String host) {
        assertThat(settings(host, 0, null).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "(local)",
                "sql01\\PROD",
                "sql01,1433",
                "sql01:1433",
                "sql01;password=x",
                "{sql01}",
                "sql01\n",
                "[::1]",
                "-sql01",
                "tcp:sql01"
            })
    void refusesWhatIsNoHost(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(host, 0, null))
                .withMessageContaining("is no host");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void refusesWhatIsNoPort(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("sql01", port, null))
                .withMessageContaining("is no port");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1ST", "a b", "SEVENTEENLETTERS_", "x\\y", "MSSQLSERVER", "default"})
    void refusesInstanceNamesThatSetupRefuses(String instance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("sql01", 0, instance))
                .withMessageContaining("instance");
    }

    @Test
    void takesAnInstanceOrAPortButNotBoth() {
        assertThat(settings("sql01", 0, "PROD$_1").instance()).isEqualTo("PROD$_1");
        assertThat(settings("sql01", 1433, null).port()).isEqualTo(1433);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("sql01", 1433, "PROD"))
                .withMessageContaining("give one of them");
    }

    @Test
    void takesATrustedCertificateOrANameForItButNotBoth() {
        assertThat(trusting(new Fingerprint(HEX), null).trustedCertificate()).isNotNull();
        assertThat(trusting(null, "sql01.corp.example").hostNameInCertificate()).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trusting(new Fingerprint(HEX), "sql01.corp.example"))
                .withMessageContaining("under any name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trusting(null, "CN=sql01"))
                .withMessageContaining("CN=sql01");
    }

    @Test
    void aFingerprintIsTheSameHoweverItIsWritten() {
        String colons = new Fingerprint(HEX).toString();
        assertThat(colons).startsWith("5E:0B:").hasSize(95);
        assertThat(new Fingerprint(colons)).isEqualTo(new Fingerprint(HEX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5e0b", "any certificate", "*"})
    void refusesWhatIsNoFingerprint(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fingerprint(text))
                .withMessageContaining("64 hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional", "false", "true", ""})
    void thereIsNoConnectionWithoutEncryption(String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Encryption.of(word))
                .withMessageContaining("mandatory or strict");
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfLoginIsFoundByItsWord(LoginKind kind) {
        assertThat(LoginKind.of(kind.word())).isEqualTo(kind);
    }

    @Test
    void aLoginHasAUserNameWhereItNeedsOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Login(LoginKind.SQL, null))
                .withMessageContaining("needs a user name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Login(LoginKind.WINDOWS, "sa"))
                .withMessageContaining("takes no user name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Login(LoginKind.SQL, "s\u0000a"))
                .withMessageContaining("no control characters");
    }

    @Test
    void kerberosNeedsAPasswordOnlyForAPrincipal() {
        assertThat(new Login(LoginKind.KERBEROS, null).needsSecret()).isFalse();
        assertThat(new Login(LoginKind.KERBEROS, "backup@CORP.EXAMPLE").needsSecret()).isTrue();
        assertThat(new Login(LoginKind.WINDOWS, null).needsSecret()).isFalse();
        assertThat(new Login(LoginKind.ENTRA_TOKEN, null).needsSecret()).isTrue();
    }

    private static ConnectionSettings settings(String host, int port, @Nullable String instance) {
        return new ConnectionSettings(host, port, instance, Encryption.MANDATORY, null, null, SQL);
    }

    private static ConnectionSettings trusting(
            @Nullable Fingerprint certificate, @Nullable String name) {
        return new ConnectionSettings("sql01", 0, null, Encryption.STRICT, certificate, name, SQL);
    }
}
