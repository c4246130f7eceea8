package dev.sluice.cli;

import dev.sluice.doctor.Doctor;
import dev.sluice.job.AddedServers;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;

/**
 * What does the work behind the commands; opened when a command first needs it, so that help and
 * wrong usage touch nothing. The caller of {@link Cli} owns and closes it.
 */
public interface Backend {

    /** How the embedded server shall reach its device sets; before anything is opened. */
    void choose(VdiChoice choice);

    /** Servers, jobs, profiles, history; opens no server. */
    SluiceEngine engine();

    /**
     * The embedded server, one of the engine's, opened.
     *
     * @throws SqlServerException when its data folder cannot be used, or its device sets cannot be
     *     reached as was chosen
     */
    EmbeddedServer embedded() throws SqlServerException;

    /** The servers that the user added; opens nothing. {@link #engine()} has them, too. */
    AddedServers servers();

    /** Examines the machine; opens nothing, so that it works where nothing else does. */
    Doctor doctor();

    /**
     * Makes the sample database when the embedded server has no database at all, so that a newcomer
     * finds one.
     */
    default void makeSampleAtFirstUse() throws SqlServerException {
        boolean empty;
        try (SqlSession session = embedded().connect()) {
            empty = session.databases().isEmpty();
        }
        if (empty) {
            SampleDatabase.createIfMissing(embedded());
        }
    }
}
