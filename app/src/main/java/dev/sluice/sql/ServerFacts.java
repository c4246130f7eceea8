package dev.sluice.sql;

import org.jspecify.annotations.Nullable;

/**
 * What a server tells about itself and about a session with it.
 *
 * @param machine name of the machine it runs on
 * @param instance the instance name as the Virtual Device Interface wants it: bare, or null for the
 *     default instance (vdi-facts section K)
 * @param version such as {@code 16.0.4125.3}
 * @param edition such as {@code Standard Edition (64-bit)}
 * @param login who the session is logged in as
 * @param sysadmin whether that login may back up and restore over virtual devices
 * @param dataFolder where new data files go, on the server; null when it has no such place
 * @param logFolder where new log files go, on the server; null when it has no such place
 * @param serverAddress the network address the session reached it at; null without a network
 * @param clientAddress the network address the session comes from, as the server sees it; null
 *     without a network
 */
public record ServerFacts(
        String machine,
        @Nullable String instance,
        String version,
        String edition,
        String login,
        boolean sysadmin,
        @Nullable String dataFolder,
        @Nullable String logFolder,
        @Nullable String serverAddress,
        @Nullable String clientAddress) {

    /** The first number of the version, such as 16 for SQL Server 2022; 0 when it has none. */
    public int majorVersion() {
        return majorVersion(version);
    }

    /** The same of the version of any server. */
    public static int majorVersion(String version) {
        int dot = version.indexOf('.');
        String first = dot < 0 ? version : version.substring(0, dot);
        return first.matches("\\d{1,4}") ? Integer.parseInt(first) : 0;
    }
}
