package dev.sluice.job;

import dev.sluice.words.Told;

import java.util.List;

/**
 * A job that finds out what another one would do, and changes nothing. It ends as FAILED where that
 * one would be refused.
 */
public interface Plan extends Job {

    /**
     * The statements, in order, with example names for the devices; empty unless the job has ended
     * as COMPLETED.
     */
    List<String> statements();

    /** What should be known of it besides; empty as the statements are. */
    List<Told> notes();

    /**
     * The files that the sets hold, and where they would go; empty until the server has looked at
     * every set. They are known, too, where the restore would be refused after that, as when a file
     * cannot go where it should.
     */
    FilePlan files();
}
