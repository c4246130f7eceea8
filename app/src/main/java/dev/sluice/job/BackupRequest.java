package dev.sluice.job;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;

import java.nio.file.Path;

/**
 * What a backup job is asked to do. Checked when made; what depends on the server or the disk is
 * checked when the job prepares.
 *
 * @param server name of the server, such as {@code embedded}
 * @param database name of the database
 * @param type full or differential; log where the server allows it
 * @param copyOnly leaves the differential base alone; not for a differential, which does so anyway
 * @param checksum WITH CHECKSUM
 * @param destination folder under which {@code <server>/<database>/<time>-<type>} is made
 * @param devices 1 to 64
 * @param transfer sizes of the statement
 * @param limitRate bytes per second for all devices together; 0 for no limit
 */
public record BackupRequest(
        String server,
        String database,
        BackupType type,
        boolean copyOnly,
        boolean checksum,
        Path destination,
        int devices,
        TransferOptions transfer,
        long limitRate)
        implements JobRequest {

    /** Refuses what can never work, with the rule. */
    public BackupRequest {
        if (database.isBlank()) {
            throw new IllegalArgumentException("no database is named");
        }
        if (copyOnly && type == BackupType.DIFFERENTIAL) {
            throw new IllegalArgumentException(
                    "a differential backup cannot be copy-only: it leaves the differential base"
                            + " alone anyway");
        }
        if (devices < 1 || devices > 64) {
            throw new IllegalArgumentException(
                    "%d devices: a device set has 1 to 64".formatted(devices));
        }
        if (limitRate < 0) {
            throw new IllegalArgumentException(
                    "a rate limit of %d bytes per second is negative".formatted(limitRate));
        }
    }

    @Override
    public JobKind kind() {
        return JobKind.BACKUP;
    }
}
