package dev.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.doctor.Check.State;
import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.Profile;
import dev.sluice.job.ProfileStore;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.words.Told;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Logger;
import java.util.stream.Stream;

class DoctorTest {

    @TempDir private Path home;

    private final FakeMachine machine = new FakeMachine().withSqlServer();
    private Folders folders = Folders.under(Path.of("unused"));

    @BeforeEach
    void makeFolders() throws IOException {
        folders = Folders.under(home.resolve("sluice"));
        folders.create();
    }

    @Test
    void aMachineThatFitsIsWell() throws Exception {
        Path destination = Files.createDirectory(home.resolve("backups"));
        List<Check> checks = new Doctor(machine, folders).examine(List.of(destination));

        assertThat(checks)
                .extracting(Check::id)
                .containsExactly(
                        "versions",
                        "self-test",
                        "library",
                        "group.client",
                        "group.server",
                        "umask",
                        "shared-memory",
                        "folder.config",
                        "folder.data",
                        "folder.state",
                        "records",
                        "destination:" + destination);
        assertThat(checks)
                .allSatisfy(
                        check -> {
                            assertThat(check.state()).as(check.found()).isEqualTo(State.OK);
                            assertThat(check.fixes()).isEmpty();
                            assertThat(check.found()).endsWith(".");
                        });
    }

    @Test
    void everyFailedCheckHasAFix() throws Exception {
        machine.library = FakeMachine.report(false, OptionalInt.of(32));
        machine.groups("mssql:x:10001:", "dba:x:1000:");
        machine.status("Uid:\t1000\t1000", "Gid:\t1000\t1000", "Groups:\t1000");
        machine.capacities.clear();
        Path file = Files.createFile(home.resolve("file"));

        List<Check> checks =
                new Doctor(machine, Folders.under(file)).examine(List.of(file.resolve("backups")));

        assertThat(checks)
                .filteredOn(check -> check.state() == State.FAILED)
                .extracting(Check::id)
                .containsExactly(
                        "library",
                        "group.client",
                        "group.server",
                        "shared-memory",
                        "folder.config",
                        "folder.data",
                        "folder.state",
                        "destination:" + file.resolve("backups"));
        assertThat(checks)
                .filteredOn(check -> check.state() == State.FAILED)
                .allSatisfy(check -> assertThat(check.fixes()).isNotEmpty());
    }

    @Test
    void leavesNothingBehindAndMakesNoFolder() throws Exception {
        Path destination = Files.createDirectory(home.resolve("backups"));
        Path missing = home.resolve("missing");
        new Doctor(machine, folders).examine(List.of(destination, missing));
        try (Stream<Path> entries = Files.walk(home)) {
            assertThat(entries.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(missing).doesNotExist();
    }

    @Test
    void toldVersionsIncludeThoseOfJavaAndSystem() {
        assertThat(check("versions").found())
                .contains("Java " + Runtime.version(), "JNA 5.", System.getProperty("os.arch"));
    }

    @Test
    void aJavaThatWasNotToldWhoMayCallNativeCodeIsAWarning() {
        Module untold = Logger.class.getModule();
        assertThat(untold.isNativeAccessEnabled()).isFalse();
        Check check = Versions.check(Stream.of(Object.class.getModule(), untold));
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(check.found()).endsWith("not told that java.logging may call native code.");
        assertThat(check.fixes())
                .singleElement()
                .asString()
                .endsWith("--enable-native-access=java.logging");
    }

    // ---- the library

    @Test
    void aMissingLibraryIsAWarningBecauseTheEmbeddedServerDoesWithout() {
        machine.library = FakeMachine.report(false, OptionalInt.empty());
        machine.libraryIsThere = false;
        Check check = check("library");
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(check.found()).startsWith("A finding.").contains("embedded server only");
        assertThat(check.fixes()).containsExactly("sudo install-it");
        assertThat(check("group.client").state()).isEqualTo(State.NOT_APPLICABLE);
    }

    @Test
    void aLibraryThatCannotBeUsedFails() {
        machine.library = FakeMachine.report(false, OptionalInt.of(32));
        Check check = check("library");
        assertThat(check.state()).isEqualTo(State.FAILED);
        assertThat(check.found()).contains("Version 16.0.4", "32 bits, this process 64");
        assertThat(check.fixes()).containsExactly("sudo install-it");
    }

    @Test
    void aLibraryThatThisAccountMayNotReadFailsAndSoDoesItsGroup() {
        machine.library = FakeMachine.report(false, OptionalInt.empty());
        machine.status("Uid:\t1000\t1000", "Gid:\t1000\t1000", "Groups:\t1000");
        assertThat(check("library").state()).isEqualTo(State.FAILED);
        assertThat(check("group.client").state()).isEqualTo(State.FAILED);
    }

    @Test
    void aJnaThatCannotLoadItselfFailsAndEndsNothing() {
        machine.brokenJna = new UnsatisfiedLinkError("no folder to unpack to");
        Check check = check("library");
        assertThat(check.state()).isEqualTo(State.FAILED);
        assertThat(check.found()).contains("JNA", "no folder to unpack to");
        assertThat(check.fixes()).first().asString().contains("-Djna.tmpdir=");
    }

    @Test
    void aRegistrationThatLeadsNowhereFailsOnWindows() {
        machine.platform = Machine.Platform.WINDOWS;
        machine.library = FakeMachine.report(false, OptionalInt.empty());
        machine.libraryIsThere = false;
        assertThat(check("library").state()).isEqualTo(State.FAILED);
        assertThat(check("shared-memory").state()).isEqualTo(State.NOT_APPLICABLE);
    }

    @Test
    void whereSqlServerDoesNotRunNoLibraryIsMissed() {
        machine.platform = Machine.Platform.OTHER;
        machine.library = FakeMachine.report(false, OptionalInt.empty());
        assertThat(check("library").state()).isEqualTo(State.NOT_APPLICABLE);
    }

    // ---- folders

    @Test
    void theFoldersOfProfilesAreLookedAtOnceEach() throws Exception {
        Path backups = Files.createDirectory(home.resolve("backups"));
        save("nightly", backups);
        save("weekly", backups);

        List<Check> checks =
                new Doctor(machine, folders).examine(List.of(home.resolve("x/../backups")));

        assertThat(checks)
                .extracting(Check::id)
                .filteredOn(id -> id.startsWith("destination:"))
                .containsExactly("destination:" + backups);
        assertThat(check("records").found()).isEqualTo("Profiles: 2, runs: 0.");
    }

    @Test
    void aProfileNobodyCanReadIsAWarning() throws Exception {
        save("nightly", home);
        Path profiles = folders.config().resolve("profiles");
        Files.writeString(profiles.resolve("broken.json"), "{");
        Check check = check("records");
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(check.found()).contains("broken.json");
        assertThat(check("destination:" + home).state()).isEqualTo(State.OK);
    }

    @Test
    void aDestinationThatIsNotThereIsAWarning() {
        Path missing = home.resolve("a b/it's");
        Check check = destination(missing);
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(check.found()).contains("not mounted");
        assertThat(check.fixes())
                .containsExactly(
                        "mkdir -p '%s'".formatted(missing.toString().replace("'", "'\\''")));
        assertThat(missing).doesNotExist();
    }

    @Test
    void aDestinationThatIsAFileFails() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        Check check = destination(file);
        assertThat(check.state()).isEqualTo(State.FAILED);
        assertThat(check.found()).contains(file + " is a file, not a folder");
        assertThat(check.fixes()).containsExactly("mv %s %s.old".formatted(file, file));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "in /proc not even root makes files")
    void aDestinationThatTakesNoFilesFailsWhateverItsRightsSay() {
        Check check = destination(Path.of("/proc"));
        assertThat(check.state()).isEqualTo(State.FAILED);
        assertThat(check.fixes()).isNotEmpty();
    }

    @Test
    void anAccountWithoutTheRightIsToldHowToGetIt() {
        assertThat(
                        FolderProbe.fixes(
                                home,
                                new java.nio.file.AccessDeniedException("x"),
                                Machine.Platform.LINUX))
                .extracting(Told::english)
                .containsExactly("sudo chown \"$(id -un)\" " + home);
    }

    @Test
    void aDestinationWithoutRoomForAnotherBackupIsAWarning() throws Exception {
        Path backups = Files.createDirectory(home.resolve("backups"));
        writeRun(backups, "20260101-000000-000-00000001", Long.MAX_VALUE);
        Check full = destination(backups);
        assertThat(full.state()).isEqualTo(State.WARNING);
        assertThat(full.found()).contains("may not fit");
        assertThat(full.fixes()).containsExactly("sluice backups " + backups);

        writeRun(backups, "20260102-000000-000-00000001", 3 << 20);
        Check roomy = destination(backups);
        assertThat(roomy.state()).isEqualTo(State.OK);
        assertThat(roomy.found()).contains("the last backup took 3 MiB");
        assertThat(destination(home).found()).doesNotContain("last backup");
    }

    @Test
    void aDestinationBehindALinkIsTheOneThatItsBackupsWentTo() throws Exception {
        Path backups = Files.createDirectory(home.toRealPath().resolve("backups"));
        Path link = Files.createSymbolicLink(home.resolve("link"), backups);
        writeRun(backups, "20260101-000000-000-00000001", Long.MAX_VALUE);
        assertThat(destination(link).found()).contains("may not fit");

        writeRun(link, "20260102-000000-000-00000001", Long.MAX_VALUE - 1);
        writeRun(home.resolve("other"), "20260103-000000-000-00000001", 3 << 20);
        assertThat(destination(backups).found()).contains("may not fit");
    }

    private void save(String name, Path destination) throws IOException {
        BackupRequest request =
                new BackupRequest(
                        "embedded",
                        "Sales",
                        BackupType.FULL,
                        false,
                        false,
                        destination,
                        1,
                        TransferOptions.DEFAULT,
                        0);
        ProfileStore.of(folders).save(new Profile(name, request), false);
    }

    /** A row of the history as a run leaves it. */
    private void writeRun(Path destination, String id, long bytes) throws IOException {
        Path history = Files.createDirectories(folders.state().resolve("history"));
        String day = id.substring(0, 4) + "-" + id.substring(4, 6) + "-" + id.substring(6, 8);
        Files.writeString(
                history.resolve(id + ".json"),
                """
                {"schemaVersion": 1, "id": "%s", "kind": "BACKUP", "server": "embedded",
                 "database": "Sales", "type": "full", "outcome": "COMPLETED",
                 "started": "%sT00:00:00Z", "durationMillis": 1, "bytes": %d, "trigger": "a test",
                 "set": "%s", "pid": 1, "processStarted": "2026-01-01T00:00:00Z"}
                """
                        .formatted(
                                id,
                                day,
                                bytes,
                                inJson(destination.resolve("embedded/Sales/" + id))));
    }

    private static String inJson(Path path) {
        return path.toString().replace("\\", "\\\\");
    }

    private Check check(String id) {
        return find(new Doctor(machine, folders).examine(List.of()), id);
    }

    private Check destination(Path folder) {
        return find(new Doctor(machine, folders).examine(List.of(folder)), "destination:" + folder);
    }

    private static Check find(List<Check> checks, String id) {
        return checks.stream().filter(check -> check.id().equals(id)).findFirst().orElseThrow();
    }
}
