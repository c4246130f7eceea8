package dev.sluice.sql;

/** A server that can make a database for newcomers to try things on. */
public interface SampleHost extends SqlServer {

    /**
     * Makes the sample database, unless it is there. Takes a few seconds.
     *
     * @throws SqlServerException when it could not be made; nothing is left of it
     */
    void makeSample() throws SqlServerException;
}
