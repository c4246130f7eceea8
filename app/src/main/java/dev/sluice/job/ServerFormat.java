package dev.sluice.job;

import dev.sluice.sql.mssql.ConnectionSettings;
import dev.sluice.sql.mssql.Encryption;
import dev.sluice.sql.mssql.Fingerprint;
import dev.sluice.sql.mssql.Login;
import dev.sluice.sql.mssql.LoginKind;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

/** A server as JSON. Fields that this version does not know are left where they are. */
final class ServerFormat {

    static final NamedFiles.Format<ServerDefinition> FORMAT =
            new NamedFiles.Format<>(
                    "server", 1, ServerDefinition::name, ServerFormat::read, ServerFormat::write);

    private ServerFormat() {}

    private static ServerDefinition read(JsonFields fields) {
        JsonFields login = fields.object("login");
        String fingerprint = fields.textOrNull("trustedCertificate");
        ConnectionSettings connection =
                new ConnectionSettings(
                        fields.text("host"),
                        fields.smallNumber("port"),
                        fields.textOrNull("instance"),
                        Encryption.of(fields.text("encryption")),
                        fingerprint == null ? null : new Fingerprint(fingerprint),
                        fields.textOrNull("hostNameInCertificate"),
                        new Login(LoginKind.of(login.text("kind")), login.textOrNull("user")));
        return new ServerDefinition(
                fields.text("name"), connection, SecretPolicy.of(fields.text("secret")));
    }

    private static void write(ServerDefinition server, ObjectNode tree) {
        ConnectionSettings connection = server.connection();
        @Nullable Fingerprint trusted = connection.trustedCertificate();
        tree.put("name", server.name())
                .put("host", connection.host())
                .put("port", connection.port())
                .put("instance", connection.instance())
                .put("encryption", connection.encryption().word())
                .put("trustedCertificate", trusted == null ? null : trusted.hex())
                .put("hostNameInCertificate", connection.hostNameInCertificate())
                .put("secret", server.secret().word());
        tree.withObjectProperty("login")
                .put("kind", connection.login().kind().word())
                .put("user", connection.login().user());
    }
}
