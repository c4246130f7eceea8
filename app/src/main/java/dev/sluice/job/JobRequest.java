package dev.sluice.job;

/** What a job is asked to do; also what a profile keeps. */
public sealed interface JobRequest permits BackupRequest, RestoreRequest {

    /** Name of the server, such as {@code embedded}. */
    String server();

    /** Whether it asks for a backup or a restore. */
    JobKind kind();
}
