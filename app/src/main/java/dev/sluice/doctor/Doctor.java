package dev.sluice.doctor;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.Listing;
import dev.sluice.job.Profile;
import dev.sluice.job.ProfileStore;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at everything a backup stands on and says what is wrong with it. Safe from any thread; an
 * examination takes about a second, and waits for disks.
 */
public final class Doctor {

    /** Far more than a self-test takes, and short enough to wait for. */
    private static final Duration SELF_TEST_LIMIT = Duration.ofSeconds(10);

    private static final Check.Subject RECORDS =
            new Check.Subject("records", Told.of("check.records"));

    private final Machine machine;
    private final Folders folders;

    /**
     * @param folders where Sluice keeps its files
     */
    public Doctor(Machine machine, Folders folders) {
        this.machine = machine;
        this.folders = folders;
    }

    /** A doctor for the system this process runs on. */
    public static Doctor ofThisMachine(Folders folders) {
        return new Doctor(new ThisMachine(), folders);
    }

    /**
     * Carries out every check, each of which says what it found and never throws.
     *
     * @param destinations folders to look at besides those that profiles back up to
     * @return in the order in which people should read them
     */
    public List<Check> examine(List<Path> destinations) {
        List<Check> checks = new ArrayList<>();
        examine(destinations, checks::add);
        return List.copyOf(checks);
    }

    /**
     * As {@link #examine(List)}, for those who want to see each check as it ends.
     *
     * @param told hears the checks in order, on the calling thread
     */
    public void examine(List<Path> destinations, Consumer<? super Check> told) {
        EmbeddedVdi embedded = new EmbeddedVdi();
        told.accept(Versions.check());
        told.accept(new SelfTest(embedded, embedded, SELF_TEST_LIMIT).check());
        NativeLibrary library = NativeLibrary.on(machine);
        told.accept(library.check());
        new LinuxChecks(machine, library.isInstalled()).checks().forEach(told);
        new OwnFolders(machine, folders).checks().forEach(told);
        recordsAndDestinations(destinations, told);
    }

    /** The library of SQL Server alone; waits for it to be loaded. */
    public Check library() {
        return NativeLibrary.on(machine).check();
    }

    private void recordsAndDestinations(List<Path> given, Consumer<? super Check> told) {
        Set<Path> wanted = new LinkedHashSet<>();
        List<RunRecord> runs = new ArrayList<>();
        told.accept(records(wanted, runs));
        given.forEach(folder -> wanted.add(normal(folder)));
        Destinations destinations = new Destinations(machine, runs);
        wanted.forEach(folder -> told.accept(destinations.check(folder)));
    }

    /** Reads both; what can be read is passed on, whatever is wrong with the rest. */
    private Check records(Set<Path> destinations, List<RunRecord> runs) {
        try {
            Listing<Profile> profiles = ProfileStore.of(folders).list();
            for (Profile profile : profiles.found()) {
                if (profile.request() instanceof BackupRequest backup) {
                    destinations.add(normal(backup.destination()));
                }
            }
            runs.addAll(RunHistory.of(folders).list());
            if (profiles.problems().isEmpty()) {
                return RECORDS.ok(Told.of("found.records", profiles.found().size(), runs.size()));
            }
            return RECORDS.warning(
                    Told.of("found.records.unusable", new Told.Joined("; ", profiles.problems())),
                    Check.commands("sluice profile list"));
        } catch (IOException e) {
            return RECORDS.failed(
                    Told.of("found.records.unreadable", e.toString()),
                    FolderProbe.fixes(placeOf(e), e, machine.platform()));
        }
    }

    private Path placeOf(IOException failure) {
        return failure instanceof FileSystemException known && known.getFile() != null
                ? Path.of(known.getFile())
                : folders.config();
    }

    private static Path normal(Path folder) {
        return folder.toAbsolutePath().normalize();
    }
}
