package dev.sluice.sql.mssql;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.RecordedBackup;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.TSql;
import dev.sluice.sql.UserAccess;
import dev.sluice.sql.VolumeSpace;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is asked of SQL Server besides backups and restores, and how its answers are read. Only what
 * every version since 2012 has; only what a member of sysadmin may read, and what anybody may.
 */
final class Catalog {

    /** One row about the server, the login, and this connection. */
    static final String FACTS =
            """
            SELECT CAST(SERVERPROPERTY('MachineName') AS nvarchar(128)) AS machine, \
            CAST(SERVERPROPERTY('InstanceName') AS nvarchar(128)) AS instance, \
            CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version, \
            CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition, \
            CAST(SERVERPROPERTY('InstanceDefaultDataPath') AS nvarchar(512)) AS data, \
            CAST(SERVERPROPERTY('InstanceDefaultLogPath') AS nvarchar(512)) AS log, \
            CAST(ISNULL(IS_SRVROLEMEMBER('sysadmin'), 0) AS bit) AS sysadmin, \
            SUSER_SNAME() AS login, \
            CAST(CONNECTIONPROPERTY('local_net_address') AS nvarchar(48)) AS server_address, \
            CAST(CONNECTIONPROPERTY('client_net_address') AS nvarchar(48)) AS client_address\
            """;

    /** A row for each database but tempdb, which nobody backs up. */
    static final String DATABASES =
            """
            SELECT d.name, \
            CASE WHEN d.is_in_standby = 1 THEN N'STANDBY' ELSE d.state_desc END AS state, \
            d.recovery_model_desc AS recovery_model, \
            ISNULL(d.is_encrypted, CAST(0 AS bit)) AS encrypted, \
            (SELECT ISNULL(SUM(CAST(f.size AS bigint)), 0) * 8192 FROM sys.master_files AS f \
            WHERE f.database_id = d.database_id AND f.type <> 1) AS bytes, \
            CAST(CASE WHEN EXISTS (SELECT * FROM sys.master_files AS f \
            WHERE f.database_id = d.database_id AND f.differential_base_lsn IS NOT NULL) \
            THEN 1 ELSE 0 END AS bit) AS differential_base, \
            CAST(CASE WHEN EXISTS (SELECT * FROM sys.database_recovery_status AS r \
            WHERE r.database_id = d.database_id AND r.last_log_backup_lsn IS NOT NULL) \
            THEN 1 ELSE 0 END AS bit) AS log_chain, \
            ISNULL(d.user_access_desc, N'MULTI_USER') AS user_access, \
            CONVERT(char(19), DATEADD(MINUTE, -DATEPART(TZOFFSET, SYSDATETIMEOFFSET()), \
            d.create_date), 126) AS created \
            FROM sys.databases AS d WHERE d.name <> N'tempdb' ORDER BY d.name\
            """;

    /** The files of all databases. */
    static final String FILES =
            """
            SELECT ISNULL(DB_NAME(f.database_id), N'') AS database_name, f.name AS logical_name, \
            f.physical_name AS path, CAST(f.size AS bigint) * 8192 AS bytes, \
            f.state_desc AS state FROM sys.master_files AS f\
            """;

    /** A row for each file, with the volume it is on; from 2008 R2 SP1 on. */
    static final String FILE_VOLUMES =
            """
            SELECT f.physical_name AS path, s.volume_mount_point AS volume, \
            s.available_bytes AS free FROM sys.master_files AS f \
            CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) AS s\
            """;

    /** A row for each drive that has a letter; from 2019 on. */
    static final String DRIVES =
            """
            SELECT d.fixed_drive_path AS path, d.fixed_drive_path AS volume, \
            d.free_space_in_bytes AS free FROM sys.dm_os_enumerate_fixed_drives AS d\
            """;

    /** Without its private key a certificate opens nothing. */
    static final String CERTIFICATES =
            "SELECT c.thumbprint AS thumbprint FROM master.sys.certificates AS c"
                    + " WHERE c.pvt_key_encryption_type <> 'NA'";

    /** That of a key management module is kept there, and told as none. */
    static final String ASYMMETRIC_KEYS =
            "SELECT k.thumbprint AS thumbprint FROM master.sys.asymmetric_keys AS k"
                    + " WHERE k.pvt_key_encryption_type <> 'NA' OR k.provider_type IS NOT NULL";

    /**
     * The newest good backup in {@code msdb} of each database, type, and copy-only or not; of those
     * on devices with Sluice's names and of all others, one each: Sluice can have thrown its own
     * away after the server was done with it, and that hides no older one of another tool.
     *
     * <p><b>Which count.</b> Those of this server ({@code RESTORE} and {@code LOADHISTORY} put
     * backups of others into the record, too) and of the database that now has the name (the family
     * is that of a database for life; one that is offline does not tell it, and goes by its name).
     * None that only the maker of a snapshot can restore, none of a damaged database, none without
     * its metadata, and none that went to the null device.
     *
     * <p><b>When it was.</b> The times of a row are the server's local time; beside them stands how
     * far that was from UTC when the backup began, in quarters of an hour, 127 for unknown. So the
     * server itself turns them into UTC, and gives them as text: neither the zone of the client nor
     * a change of the clocks since has a part in it. Uncertain by that change remain a backup
     * during which the clocks were changed, and one whose offset is unknown, for which the present
     * one is taken; and the server's clock is believed.
     *
     * <p><b>What it does not know.</b> Backups that another replica of an availability group took
     * are in that one's record. A history that was deleted ({@code sp_delete_backuphistory}) is
     * gone. Of Sluice's own, for other users' histories too, only the newest is told.
     *
     * <p><b>What it costs.</b> One pass over {@code backupset} and two over {@code
     * backupmediafamily}, whatever the number of databases: neither has an index that would spare
     * it. What is grouped is small (a row each for database, type, copy-only or not, and Sluice's
     * or not), nothing is sorted, and the rows of the newest are then found by their key: it is
     * carried behind the time through {@code MAX}. A million rows are less than a gigabyte to read;
     * a server that takes longer than {@link MssqlSession#RECORD_PATIENCE} is not asked any
     * further.
     *
     * <p>Everybody may read these tables unless somebody took that away from {@code public}.
     */
    static final String BACKUPS =
            """
            SELECT newest.database_name, b.type, b.is_copy_only AS copy_only, \
            CONVERT(char(19), %s, 126) AS started, \
            CONVERT(char(19), %s, 126) AS finished, b.user_name, \
            (SELECT MIN(m.physical_device_name) FROM msdb.dbo.backupmediafamily AS m \
            WHERE m.media_set_id = b.media_set_id) AS device \
            FROM (SELECT d.name AS database_name, \
            MAX(CAST(%s AS binary(8)) + CAST(s.backup_set_id AS binary(4))) AS time_and_id \
            FROM msdb.dbo.backupset AS s \
            JOIN sys.databases AS d ON d.name = s.database_name COLLATE DATABASE_DEFAULT \
            LEFT JOIN sys.database_recovery_status AS r ON r.database_id = d.database_id \
            LEFT JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = s.media_set_id \
            WHERE s.server_name IN (@@SERVERNAME, \
            CAST(SERVERPROPERTY('ServerName') AS nvarchar(128))) \
            AND (r.family_guid IS NULL OR r.family_guid = s.family_guid) \
            AND s.is_snapshot = 0 AND s.is_damaged = 0 AND s.has_incomplete_metadata = 0 \
            AND NOT EXISTS (SELECT * FROM msdb.dbo.backupmediafamily AS n \
            WHERE n.media_set_id = s.media_set_id \
            AND n.physical_device_name IN (N'NUL', N'NUL:')) \
            GROUP BY d.name, s.type, s.is_copy_only, \
            CASE WHEN m.physical_device_name LIKE N'Sluice-%%' THEN 1 ELSE 0 END) AS newest \
            JOIN msdb.dbo.backupset AS b \
            ON b.backup_set_id = CAST(SUBSTRING(newest.time_and_id, 9, 4) AS int)\
            """
                    .formatted(
                            utc("b.backup_start_date"),
                            utc("b.backup_finish_date"),
                            utc("s.backup_finish_date"));

    /** The number of the session that asks. */
    static final String SESSION = "SELECT @@SPID AS session";

    /** Whether backups are compressed when their statement says nothing of it: 0 or 1. */
    static final String COMPRESSES_BACKUPS =
            "SELECT CAST(c.value_in_use AS int) AS value FROM sys.configurations AS c WHERE c.name"
                    + " = N'backup compression default'";

    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private Catalog() {}

    /** The UTC of a time in a row of {@code backupset}, a datetime. */
    private static String utc(String time) {
        return """
        DATEADD(MINUTE, -CASE WHEN %1$s.time_zone BETWEEN -48 AND 56 \
        THEN 15 * %1$s.time_zone \
        ELSE DATEPART(TZOFFSET, SYSDATETIMEOFFSET()) END, %2$s)\
        """
                .formatted(time.substring(0, time.indexOf('.')), time);
    }

    /** How far the request of a session is; no row when it has none. */
    static String percentOf(int session) {
        return ("SELECT CAST(r.percent_complete AS float) AS done FROM sys.dm_exec_requests AS r"
                        + " WHERE r.session_id = %d")
                .formatted(session);
    }

    /** The bytes of allocated extents in the data files. */
    static String allocatedBytes(String database) {
        return spaceUse("allocated_extent_page_count", database);
    }

    /** The bytes of extents changed since the last full backup; from 2016 SP2 on. */
    static String changedBytes(String database) {
        return spaceUse("modified_extent_page_count", database);
    }

    private static String spaceUse(String column, String database) {
        return "SELECT SUM(u.%s) * 8192 AS bytes FROM %s.sys.dm_db_file_space_usage AS u"
                .formatted(column, TSql.quoteName(database));
    }

    /** The answer to {@link #FACTS}. */
    static ServerFacts facts(ResultTable table) {
        return new ServerFacts(
                text(table, 0, "machine"),
                textOrNull(table, 0, "instance"),
                text(table, 0, "version"),
                text(table, 0, "edition"),
                text(table, 0, "login"),
                flag(table, 0, "sysadmin"),
                textOrNull(table, 0, "data"),
                textOrNull(table, 0, "log"),
                textOrNull(table, 0, "server_address"),
                textOrNull(table, 0, "client_address"));
    }

    /** The answer to {@link #DATABASES}. */
    static List<DatabaseInfo> databases(ResultTable table) {
        List<DatabaseInfo> databases = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            databases.add(
                    new DatabaseInfo(
                            text(table, row, "name"),
                            state(textOrNull(table, row, "state")),
                            Objects.requireNonNullElse(
                                    textOrNull(table, row, "recovery_model"), ""),
                            ((Number) value(table, row, "bytes")).longValue(),
                            flag(table, row, "encrypted"),
                            flag(table, row, "differential_base"),
                            flag(table, row, "log_chain"),
                            UserAccess.valueOf(text(table, row, "user_access")),
                            utc(table, row, "created")));
        }
        return databases;
    }

    /** The answer to {@link #FILES}. */
    static List<DatabaseFile> files(ResultTable table) {
        List<DatabaseFile> files = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            files.add(
                    new DatabaseFile(
                            text(table, row, "database_name"),
                            text(table, row, "logical_name"),
                            text(table, row, "path"),
                            ((Number) value(table, row, "bytes")).longValue(),
                            textOrNull(table, row, "state")));
        }
        return files;
    }

    /** The answer to {@link #BACKUPS}. */
    static List<RecordedBackup> backups(ResultTable table) {
        List<RecordedBackup> backups = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            String type = textOrNull(table, row, "type");
            BackupType contents = contents(type);
            if (contents == null) {
                LOG.debug("A backup of type {} is in the record, which is not known here", type);
                continue;
            }
            backups.add(
                    new RecordedBackup(
                            text(table, row, "database_name"),
                            contents,
                            scope(type),
                            flag(table, row, "copy_only"),
                            utc(table, row, "started"),
                            utc(table, row, "finished"),
                            Objects.requireNonNullElse(textOrNull(table, row, "user_name"), ""),
                            Objects.requireNonNullElse(textOrNull(table, row, "device"), "")));
        }
        return backups;
    }

    private static Instant utc(ResultTable table, int row, String column) {
        return LocalDateTime.parse(text(table, row, column)).toInstant(ZoneOffset.UTC);
    }

    /** The letters of {@code backupset.type}. */
    private static @Nullable BackupType contents(@Nullable String type) {
        return switch (type) {
            case "D", "F", "P" -> BackupType.FULL;
            case "I", "G", "Q" -> BackupType.DIFFERENTIAL;
            case "L" -> BackupType.LOG;
            case null, default -> null;
        };
    }

    private static @Nullable String scope(@Nullable String type) {
        return switch (type) {
            case "F", "G" -> "files";
            case "P", "Q" -> "partial";
            case null, default -> null;
        };
    }

    /** The answers to {@link #FILE_VOLUMES} and {@link #DRIVES}; NULL stands for unknown. */
    static List<VolumeSpace> volumes(ResultTable table) {
        List<VolumeSpace> volumes = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            String path = textOrNull(table, row, "path");
            String volume = textOrNull(table, row, "volume");
            if (path != null && volume != null && table.value(row, "free") instanceof Number free) {
                volumes.add(new VolumeSpace(path, volume, free.longValue()));
            }
        }
        return volumes;
    }

    /** The answers to {@link #CERTIFICATES} and {@link #ASYMMETRIC_KEYS}. */
    static List<String> thumbprints(ResultTable table) {
        List<String> thumbprints = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            String thumbprint = textOrNull(table, row, "thumbprint");
            if (thumbprint != null) {
                thumbprints.add(thumbprint);
            }
        }
        return thumbprints;
    }

    /** What is new in one database must not hide all the others. */
    private static DatabaseInfo.State state(@Nullable String description) {
        for (DatabaseInfo.State state : DatabaseInfo.State.values()) {
            if (state.name().equals(description)) {
                return state;
            }
        }
        LOG.warn("A database is in the state {}, which is not known here", description);
        return DatabaseInfo.State.UNKNOWN;
    }

    private static Object value(ResultTable table, int row, String column) {
        return Objects.requireNonNull(table.value(row, column), column);
    }

    private static String text(ResultTable table, int row, String column) {
        return value(table, row, column).toString();
    }

    private static @Nullable String textOrNull(ResultTable table, int row, String column) {
        Object value = table.value(row, column);
        return value == null ? null : value.toString();
    }

    private static boolean flag(ResultTable table, int row, String column) {
        return (Boolean) value(table, row, column);
    }
}
