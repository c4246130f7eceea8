package dev.sluice.ui.home;

import dev.sluice.job.BackupHealth;
import dev.sluice.sql.DatabaseInfo;

/**
 * A database of one of the servers.
 *
 * @param server name of its server
 * @param info what the server tells
 * @param health how well it is backed up
 */
public record DatabaseRow(String server, DatabaseInfo info, BackupHealth health)
        implements HomeItem {}
