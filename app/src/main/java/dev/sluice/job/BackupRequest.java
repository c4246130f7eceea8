package dev.sluice.job;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Scope;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a backup job is asked to do. Checked when made; what depends on the server or the disk is
 * checked when the job prepares.
 *
 * @param server name of the server, such as {@code embedded}
 * @param databases names of the databases, one after another, each to a set of its own; at least
 *     one, none twice
 * @param type full, differential; log where the server allows it
 * @param scope which part of each database
 * @param options the WITH clause; FORMAT is always there, since each backup has its own media set
 * @param destination folder under which {@code <server>/<database>/<time>-<type>} is made
 * @param devices 1 to 64
 * @param limitRate bytes per second for all devices together; 0 for no limit
 */
public record BackupRequest(
        String server,
        List<String> databases,
        BackupType type,
        Scope scope,
        BackupStatement.Options options,
        Path destination,
        int devices,
        long limitRate)
        implements JobRequest {

    /** A message every so many percent, unless asked for otherwise. */
    static final int STATS = 5;

    /** Refuses what can never work, with the rule. */
    public BackupRequest {
        databases = List.copyOf(databases);
        if (databases.isEmpty() || databases.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("no database is named");
        }
        if (devices < 1 || devices > 64) {
            throw new IllegalArgumentException(
                    "%d devices: a device set has 1 to 64".formatted(devices));
        }
        if (limitRate < 0) {
            throw new IllegalArgumentException(
                    "a rate limit of %d bytes per second is negative".formatted(limitRate));
        }
        Set<String> named = new HashSet<>();
        for (String database : databases) {
            if (!named.add(database.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("\"%s\" is named twice".formatted(database));
            }
        }
        options = withOwn(options);
        // what no server accepts together
        new BackupStatement(type, databases.getFirst(), scope, List.of("device"), options);
    }

    /** A backup of one whole database with the plain options. */
    public BackupRequest(
            String server,
            String database,
            BackupType type,
            boolean copyOnly,
            boolean checksum,
            Path destination,
            int devices,
            TransferOptions transfer,
            long limitRate) {
        this(
                server,
                List.of(database),
                type,
                new Scope.WholeDatabase(),
                new BackupStatement.Options(
                        copyOnly,
                        checksum,
                        true,
                        new Compression.ServerDefault(),
                        transfer,
                        STATS,
                        "",
                        "",
                        TailLog.NONE),
                destination,
                devices,
                limitRate);
    }

    private static BackupStatement.Options withOwn(BackupStatement.Options options) {
        return new BackupStatement.Options(
                options.copyOnly(),
                options.checksum(),
                true,
                options.compression(),
                options.transfer(),
                options.stats() == 0 ? STATS : options.stats(),
                options.name(),
                options.description(),
                options.tail());
    }

    @Override
    public JobKind kind() {
        return JobKind.BACKUP;
    }

    /** The first database; of most requests the only one. */
    public String database() {
        return databases.getFirst();
    }

    /** The databases for people, such as {@code Sales} or {@code Sales and 2 more}. */
    public String databasesInWords() {
        int more = databases.size() - 1;
        return more == 0 ? database() : "%s and %d more".formatted(database(), more);
    }

    /**
     * The statement for one of the databases.
     *
     * @param name the database as the server spells it
     * @param deviceNames the devices of its set
     */
    public BackupStatement statement(String name, List<String> deviceNames) {
        return new BackupStatement(type, name, scope, deviceNames, options);
    }
}
