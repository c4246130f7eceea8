package dev.sluice.ui.sidebar;

import dev.sluice.job.RunRecord;
import dev.sluice.sql.DatabaseInfo;

import org.jspecify.annotations.Nullable;

/**
 * A database in the list.
 *
 * @param server name of its server
 * @param info what the server tells
 * @param lastBackup its last completed backup; null when none is known
 */
public record DatabaseRow(String server, DatabaseInfo info, @Nullable RunRecord lastBackup) {}
