package dev.sluice.ui.restore;

import dev.sluice.job.Plan;
import dev.sluice.job.RestoreRequest;

import java.io.IOException;
import java.util.List;

/**
 * What a guided restore needs of the rest of Sluice. Every method may wait, and is called off the
 * FX thread.
 */
public interface RestoreDesk {

    /** The backup sets there are at a place. */
    KnownSets.Found find(KnownSets.Place place) throws IOException;

    /** The names of all servers. */
    List<String> servers();

    /** Makes a job, not started yet, that finds out what a restore would do. */
    Plan plan(RestoreRequest request);
}
