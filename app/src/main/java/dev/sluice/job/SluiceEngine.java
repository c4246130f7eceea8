package dev.sluice.job;

import dev.sluice.sql.SqlServer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The one door to everything the product does: servers, jobs, profiles, history. The window and the
 * command line both stand before it. Safe from any thread.
 */
public final class SluiceEngine implements AutoCloseable {

    private final List<SqlServer> servers;
    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private final ProfileStore profiles;
    private final RunHistory history;

    /**
     * @param folders where profiles and history are; made when first needed
     * @param servers the servers the user can choose from, by distinct names
     */
    public SluiceEngine(Folders folders, List<SqlServer> servers) {
        this(folders, servers, JobClock.system());
    }

    /** As the other, with clocks of the caller's choice. */
    public SluiceEngine(Folders folders, List<SqlServer> servers, JobClock clock) {
        this.servers = List.copyOf(servers);
        this.profiles = new ProfileStore(folders.profiles());
        this.history = new RunHistory(folders.history());
    }

    /** The servers, in the order given. */
    public List<SqlServer> servers() {
        return servers;
    }

    /**
     * The server of this name.
     *
     * @throws UnknownNameException when there is none; the message names those there are
     */
    public SqlServer server(String name) {
        return servers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UnknownNameException(
                                        "server",
                                        name,
                                        servers.stream().map(SqlServer::name).toList()));
    }

    /**
     * Makes a backup job, not started yet.
     *
     * @param trigger who or what starts it, such as {@code command line}, {@code window} or {@code
     *     profile nightly}
     * @throws UnknownNameException when there is no such server
     */
    public Job backup(BackupRequest request, String trigger) {
        return later();
    }

    /** Makes a restore job, not started yet; otherwise as {@link #backup}. */
    public Job restore(RestoreRequest request, String trigger) {
        return later();
    }

    /** Makes the job of a profile, not started yet; otherwise as {@link #backup}. */
    public Job run(Profile profile, String trigger) {
        return switch (profile.request()) {
            case BackupRequest backup -> backup(backup, trigger);
            case RestoreRequest restore -> restore(restore, trigger);
        };
    }

    /** The jobs made here, newest first, whether they still run or not. */
    public List<Job> jobs() {
        return jobs.reversed();
    }

    /** The saved profiles. */
    public ProfileStore profiles() {
        return profiles;
    }

    /** The history of runs. */
    public RunHistory history() {
        return history;
    }

    /** Asks every running job to stop and waits until each has drained and ended. */
    @Override
    public void close() {
        for (Job job : jobs()) {
            job.cancel("the end of the program");
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T later() {
        throw new UnsupportedOperationException(servers.toString());
    }
}
