package dev.sluice.sql.mssql;

import dev.sluice.words.RefusedValueException;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * How to reach a SQL Server, how to know it, and who logs in. Holds no secret.
 *
 * @param host the machine's DNS name or address; IPv6 without brackets
 * @param port the TCP port, 1 to 65535; 0 for the instance's, or for 1433 when there is none
 * @param instance the named instance whose port SQL Server Browser tells, or null; excludes a port
 * @param encryption how the connection is encrypted
 * @param trustedCertificate the only certificate the server may show, trusted without an authority
 *     or a host name; or null to verify it in the usual way
 * @param hostNameInCertificate the name its certificate must be for, or null for the host's;
 *     excludes a trusted certificate, whose name is not looked at
 * @param login who logs in
 */
public record ConnectionSettings(
        String host,
        int port,
        @Nullable String instance,
        Encryption encryption,
        @Nullable Fingerprint trustedCertificate,
        @Nullable String hostNameInCertificate,
        Login login) {

    private static final int LONGEST_HOST = 253;
    private static final Pattern HOST_NAME = Pattern.compile("[\\p{L}\\p{N}_]([\\p{L}\\p{N}._-]*)");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(%[\\w.-]+)?");

    /** The rule of SQL Server's setup. */
    private static final Pattern INSTANCE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]{0,15}");

    /** Refuses what no server could be reached by, and what contradicts itself. */
    public ConnectionSettings {
        if (!isHost(host)) {
            throw new RefusedValueException(Told.of("value.host", host));
        }
        if (port < 0 || port > 65535) {
            throw new RefusedValueException(Told.of("value.port", Integer.toString(port)));
        }
        if (instance != null) {
            checkInstance(instance, port);
        }
        if (hostNameInCertificate != null) {
            checkName(hostNameInCertificate, trustedCertificate);
        }
    }

    /** Where the server is, such as {@code sql01, port 1433}. */
    public Told address() {
        if (instance != null) {
            return Told.of("connect.instance", instance, host);
        }
        return port == 0 ? Told.asIs(host) : Told.of("connect.port", host, Integer.toString(port));
    }

    private static boolean isHost(String host) {
        return host.length() <= LONGEST_HOST
                && (HOST_NAME.matcher(host).matches() || IPV6.matcher(host).matches());
    }

    private static void checkInstance(String instance, int port) {
        if (!INSTANCE.matcher(instance).matches()) {
            throw new RefusedValueException(Told.of("value.instance", instance));
        }
        if (instance.equalsIgnoreCase("MSSQLSERVER") || instance.equalsIgnoreCase("DEFAULT")) {
            throw new RefusedValueException(Told.of("value.instance.default", instance));
        }
        if (port != 0) {
            throw new RefusedValueException(
                    Told.of("value.instance.port", instance, Integer.toString(port)));
        }
    }

    private static void checkName(String name, @Nullable Fingerprint trusted) {
        if (!isHost(name)) {
            throw new RefusedValueException(Told.of("value.certificateHost", name));
        }
        if (trusted != null) {
            throw new RefusedValueException(Told.of("value.certificateHost.trusted", name));
        }
    }
}
