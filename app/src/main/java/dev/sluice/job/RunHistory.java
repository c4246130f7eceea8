package dev.sluice.job;

import dev.sluice.files.PrivateFiles;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The history of runs, of this process and of others: one file per run, written when the run starts
 * and replaced when it ends. Safe from any thread.
 */
public final class RunHistory {

    private static final Logger LOG = LoggerFactory.getLogger(RunHistory.class);
    private static final String SUFFIX = ".json";

    /** Runs that go on in this process, whichever engine they belong to. */
    private static final Set<String> LIVE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path log;

    /** Rows of runs that have ended: their files are not written again. */
    private final Map<Path, RunRecord> ended = new ConcurrentHashMap<>();

    /** Files of a newer Sluice: told of once in the log. */
    private final Set<Path> newer = ConcurrentHashMap.newKeySet();

    private final ProcessId self = ProcessId.current();

    RunHistory(Path folder, Path log) {
        this.folder = folder;
        this.log = log;
    }

    /** The history kept in these folders. */
    public static RunHistory of(Folders folders) {
        return new RunHistory(folders.history(), folders.log());
    }

    /**
     * What the history has.
     *
     * @param runs newest first
     * @param newer how many runs are left out, because a newer Sluice wrote them
     */
    public record Contents(List<RunRecord> runs, int newer) {}

    /** All runs, newest first, as far as they can be read. */
    public List<RunRecord> list() throws IOException {
        return read().runs();
    }

    /** All runs. A file that cannot be read is logged and left out. */
    public Contents read() throws IOException {
        List<RunRecord> runs = new ArrayList<>();
        List<Path> files = files();
        ended.keySet().retainAll(Set.copyOf(files));
        newer.retainAll(Set.copyOf(files));
        for (Path file : files) {
            read(file).ifPresent(runs::add);
        }
        runs.sort(Comparator.comparing(RunRecord::started).reversed());
        return new Contents(List.copyOf(runs), newer.size());
    }

    /**
     * What a run did, beyond its row. Of a run whose process ended before it did there is what the
     * program's log still has of it.
     *
     * @throws SavedFileException when its file cannot be understood
     * @throws NoSuchFileException when it is not in the history any more
     */
    public RunStory story(RunRecord run) throws IOException {
        Path file = file(run);
        try {
            RunStory story = RunFormat.readStory(Files.readAllBytes(file));
            return run.outcome() == RunRecord.Outcome.INTERRUPTED
                    ? story.withEvents(ProgramLog.of(log, run.id()))
                    : story;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new SavedFileException(
                    Told.of("saved.noRow", file, String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Writes rows to a file of the user's choice, which is replaced, as comma-separated values (RFC
     * 4180). Readable by its owner only.
     */
    public void exportTo(Path file, List<RunRecord> runs) throws IOException {
        PrivateFiles.replace(file.toAbsolutePath(), ByteBuffer.wrap(RunCsv.of(runs)));
    }

    /**
     * Removes the rows of runs that started before a moment and have ended. Backup sets stay.
     *
     * @return how many
     */
    public int forgetBefore(Instant moment) throws IOException {
        int forgotten = 0;
        for (RunRecord run : list()) {
            if (run.started().isBefore(moment) && run.outcome() != RunRecord.Outcome.RUNNING) {
                Files.deleteIfExists(file(run));
                forgotten++;
            }
        }
        return forgotten;
    }

    /** Keeps the row of a run that starts. */
    void begin(RunRecord run) throws IOException {
        PrivateFiles.createFolders(folder);
        LIVE.add(run.id());
        write(run, RunStory.NONE);
    }

    /** Replaces the row of a run that ended. */
    void end(RunRecord run, RunStory story) throws IOException {
        try {
            write(run, story);
        } finally {
            LIVE.remove(run.id());
        }
    }

    /** Keeps the row of something that has ended. */
    void keep(RunRecord run) throws IOException {
        PrivateFiles.createFolders(folder);
        write(run, RunStory.NONE);
    }

    /**
     * A folder as rows have it, however it was written: with its links followed, where it is there.
     * Only backups of earlier versions have it as somebody wrote it. Waits for the disk.
     */
    public static Path canonical(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            LOG.debug("{} is taken as it is written", folder, e);
            return folder.toAbsolutePath().normalize();
        }
    }

    /**
     * A set's folder as the row of its backup has it, so that who reads the rows finds the verdict
     * on that backup without the disk; {@link #canonical} where no such row can be read. Waits for
     * the disk.
     */
    Path asBackedUp(Path set) {
        try {
            Path kept = backupTo(set).map(RunRecord::set).orElse(null);
            return kept == null ? canonical(set) : kept;
        } catch (IOException e) {
            LOG.warn("The backup that went to {} is not looked for", set, e);
            return canonical(set);
        }
    }

    /** The newest completed backup that went to a folder, however written. Waits for the disk. */
    Optional<RunRecord> backupTo(Path set) throws IOException {
        Path real = canonical(set);
        return list().stream()
                .filter(run -> run.kind() == JobKind.BACKUP)
                .filter(run -> run.outcome() == RunRecord.Outcome.COMPLETED)
                .filter(run -> isSame(real, run.set()))
                .findFirst();
    }

    /** A backup makes its folder, which is no link: other names need no look at the disk. */
    private static boolean isSame(Path real, @Nullable Path kept) {
        return kept != null
                && Objects.equals(real.getFileName(), kept.getFileName())
                && real.equals(canonical(kept));
    }

    /** The last completed backup of a database with this type. */
    Optional<RunRecord> lastBackup(String server, String database, String type) throws IOException {
        for (Path file : files()) {
            Optional<RunRecord> run =
                    read(file).filter(row -> isBackup(row, server, database, type));
            if (run.isPresent()) {
                return run;
            }
        }
        return Optional.empty();
    }

    private static boolean isBackup(RunRecord run, String server, String database, String type) {
        return run.kind() == JobKind.BACKUP
                && run.outcome() == RunRecord.Outcome.COMPLETED
                && run.server().equals(server)
                && run.database().equals(database)
                && type.equals(run.type());
    }

    private void write(RunRecord run, RunStory story) throws IOException {
        PrivateFiles.replace(file(run), ByteBuffer.wrap(RunFormat.write(run, story, self)));
    }

    private Path file(RunRecord run) {
        return folder.resolve(run.id() + SUFFIX);
    }

    /** Names begin with the time: newest first. */
    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isRow(file.getFileName().toString()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static boolean isRow(String name) {
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }

    private Optional<RunRecord> read(Path file) {
        RunRecord known = ended.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            RunFormat.Entry entry = RunFormat.read(Files.readAllBytes(file));
            if (entry.run().outcome() != RunRecord.Outcome.RUNNING) {
                ended.put(file, entry.run());
            }
            return Optional.of(truthful(entry));
        } catch (NoSuchFileException e) {
            LOG.debug("{} went away while the history was read", file, e);
        } catch (JsonFields.NewerVersionException e) {
            if (newer.add(file)) {
                LOG.warn("{} is left out of the history: {}", file, e.getMessage());
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            LOG.warn("{} is no row of the history: {}", file, e.getMessage());
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is left out of the history", file, e);
        }
        return Optional.empty();
    }

    /** A row that says "running" is believed only while its process runs. */
    private RunRecord truthful(RunFormat.Entry entry) {
        RunRecord run = entry.run();
        if (run.outcome() != RunRecord.Outcome.RUNNING || goesOn(entry)) {
            return run;
        }
        return new RunRecord(
                run.id(),
                run.kind(),
                run.server(),
                run.database(),
                run.type(),
                RunRecord.Outcome.INTERRUPTED,
                run.started(),
                run.duration(),
                run.bytes(),
                run.trigger(),
                run.statement(),
                run.set(),
                Told.of("end.interrupted"),
                RunRecord.Finding.NONE);
    }

    private boolean goesOn(RunFormat.Entry entry) {
        return entry.process().pid() == self.pid()
                ? LIVE.contains(entry.run().id())
                : entry.process().isAlive();
    }
}
