package dev.sluice.job;

import dev.sluice.words.Told;

import java.util.List;

/**
 * What the backup of a database would do.
 *
 * @param database its name, as the server has it
 * @param statement the T-SQL, with example names for the devices
 * @param notes what should be known of it besides
 */
public record PlannedBackup(String database, String statement, List<Told> notes) {

    /** Takes a copy of the list. */
    public PlannedBackup {
        notes = List.copyOf(notes);
    }
}
