package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupAsk;
import dev.sluice.job.BackupRequest;
import dev.sluice.job.CommandText;
import dev.sluice.job.CommandText.Shell;
import dev.sluice.job.JobRequest;
import dev.sluice.job.Profile;
import dev.sluice.job.RestoreRequest;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the window gives people to copy is what the command line understands. */
class CommandTextTest {

    private static final Path TO = Path.of("/srv/my backups").toAbsolutePath();
    private static final List<String> ODD_NAMES =
            List.of("@file", "@@x", "it's", "a b", "$HOME", "`id`", "*", "ü\"%;&|", "two\nlines");

    @TempDir private Path folder;
    private TestHome home;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static BackupRequest plain(String... databases) {
        return request(BackupType.FULL, new Scope.WholeDatabase(), TailLog.NONE, databases);
    }

    private static BackupRequest request(
            BackupType type, Scope scope, TailLog tail, String... databases) {
        return new BackupAsk("embedded", type, databases).scope(scope).tail(tail).devices(4).to(TO);
    }

    private static BackupRequest everything() {
        return new BackupRequest(
                "embedded",
                List.of("Sales ]", "x --type=log", "it's; rm -rf"),
                BackupType.FULL,
                new Scope.WholeDatabase(),
                new BackupStatement.Options(
                        true,
                        false,
                        true,
                        Compression.of("zstd:low"),
                        new TransferOptions(512, 9, 131072),
                        10,
                        "a name, \"quoted\"",
                        "two\nlines of ${text}",
                        TailLog.NONE),
                TO,
                64,
                20_000_001);
    }

    private static RestoreRequest restore(Scope scope, boolean partial) {
        return new RestoreRequest(
                "embedded",
                List.of(TO),
                null,
                restoring(scope, partial, new Recovery.Recover(), new StopAt.End()),
                new TransferOptions(0, 0, 1 << 20),
                0);
    }

    private static RestoreRequest.Options restoring(
            Scope scope, boolean partial, Recovery recovery, StopAt stop) {
        return new RestoreRequest.Options(
                false, false, recovery, stop, scope, partial, List.of(), null, null, false);
    }

    private static RestoreRequest restoreOfEverything() {
        return new RestoreRequest(
                "embedded",
                List.of(TO, TO.resolve("it's the log")),
                "@Sales ] --replace",
                new RestoreRequest.Options(
                        true,
                        true,
                        new Recovery.Standby("/srv/undo file"),
                        new StopAt.Time(LocalDateTime.parse("2026-01-02T03:04:05.678")),
                        new Scope.WholeDatabase(),
                        false,
                        List.of(
                                new Move("Sales", "/srv/a=b"),
                                new Move("Sales log", "/srv/the log.ldf")),
                        "/srv/my data",
                        "/srv/my log",
                        true),
                new TransferOptions(0, 9, 131072),
                20_000_001);
    }

    private static RestoreRequest restoreTo(StopAt stop) {
        return new RestoreRequest(
                "embedded",
                List.of(TO),
                "Copy",
                restoring(new Scope.WholeDatabase(), false, new Recovery.NoRecovery(), stop),
                new TransferOptions(0, 0, 1 << 20),
                0);
    }

    static Stream<JobRequest> requests() {
        LocalDateTime after = LocalDateTime.parse("2026-01-02T03:00");
        return Stream.of(
                restore(new Scope.WholeDatabase(), false),
                restore(new Scope.Files(List.of("one"), List.of("f g")), false),
                restore(new Scope.Files(List.of(), List.of("PRIMARY")), true),
                restore(new Scope.ReadWriteFilegroups(List.of()), true),
                restoreOfEverything(),
                restoreTo(new StopAt.AtMark("lsn:5", null)),
                restoreTo(new StopAt.BeforeMark("a 'mark'", after)),
                plain("Sales"),
                plain(ODD_NAMES.toArray(String[]::new)),
                everything(),
                request(
                        BackupType.LOG,
                        new Scope.WholeDatabase(),
                        TailLog.NORECOVERY_NO_TRUNCATE,
                        "Sales"),
                request(
                        BackupType.FULL,
                        new Scope.Files(List.of("one", "t w o"), List.of("PRIMARY")),
                        TailLog.NONE,
                        "Sales"),
                request(
                        BackupType.DIFFERENTIAL,
                        new Scope.ReadWriteFilegroups(List.of()),
                        TailLog.NONE,
                        "Sales"),
                request(
                        BackupType.FULL,
                        new Scope.ReadWriteFilegroups(List.of("old")),
                        TailLog.NONE,
                        "Sales"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    @DisabledOnOs(OS.WINDOWS)
    void theCommandIsReadBackAsTheSameRequest(JobRequest request) throws Exception {
        List<String> arguments = read(CommandText.of(request, Shell.SH).orElseThrow());
        List<Object> create = new ArrayList<>(List.of("profile create back"));
        arguments.stream().skip(1).map(StringBuilder::new).forEach(create::add);

        assertThat(home.sluice(create.toArray()).err()).isEmpty();

        assertThat(arguments.getFirst()).isEqualTo(request.kind().name().toLowerCase(Locale.ROOT));
        assertThat(home.engine().profiles().load("back").request()).isEqualTo(request);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theCommandOfAProfileRunsItWhateverItsName() throws Exception {
        List<String> names = new ArrayList<>(ODD_NAMES);
        names.remove("two\nlines");
        names.addAll(List.of("-x", "--", "--json"));
        for (String name : names) {
            Profile profile = new Profile(name, plain("Gone"));
            home.engine().profiles().save(profile, false);
            Object[] run =
                    read(CommandText.run(profile, Shell.SH).orElseThrow()).stream()
                            .map(StringBuilder::new)
                            .toArray();

            assertThat(home.sluice(run).err()).as(name).contains("\"Gone\"");

            assertThat(home.engine().history().list().getFirst())
                    .as(name)
                    .matches(profile::started);
        }
    }

    /** The arguments that a POSIX shell makes of a line. */
    private static List<String> read(String line) throws Exception {
        Process shell =
                new ProcessBuilder("sh", "-c", "sluice() { printf '%s\\0' \"$@\"; }; " + line)
                        .redirectErrorStream(true)
                        .start();
        String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return List.of(read.split("\0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "--", "--type=log", "-"})
    void aNameThatWouldBeTakenForAnOptionIsNotWritten(String database) {
        assertThat(CommandText.of(plain("Sales", database), Shell.SH)).isEmpty();
    }

    @Test
    void aRestoreThatNoOptionsSayIsNotWritten() {
        Move odd = new Move("a=b", "/srv/a");
        RestoreRequest moved =
                new RestoreRequest(
                        "embedded",
                        List.of(TO),
                        null,
                        new RestoreRequest.Options(
                                false,
                                false,
                                new Recovery.Recover(),
                                new StopAt.End(),
                                new Scope.WholeDatabase(),
                                false,
                                List.of(odd),
                                null,
                                null,
                                false),
                        TransferOptions.NONE,
                        0);
        assertThat(CommandText.of(moved, Shell.SH)).isEmpty();
        assertThat(CommandText.of(restore(new Scope.WholeDatabase(), true), Shell.SH)).isEmpty();
    }

    @Test
    void plainArgumentsAreNotQuoted() {
        assertThat(CommandText.run(new Profile("nightly", plain("Sales")), Shell.SH))
                .contains("sluice run nightly");
        assertThat(CommandText.run(new Profile("nightly", plain("Sales")), Shell.POWERSHELL))
                .contains("sluice run nightly");
    }

    @Test
    void theCommandPromptGetsQuotationMarksAndPowerShellBoth() {
        Profile profile = new Profile("Tom's & \\", plain("Sales"));
        assertThat(CommandText.run(profile, Shell.CMD)).contains("sluice run \"Tom's & \\\\\"");
        assertThat(CommandText.run(profile, Shell.POWERSHELL))
                .contains("sluice run '\"Tom''s & \\\\\"'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "say \"no\"", "\"", "%PATH%"})
    void whatABatchFileCannotBeGivenIsNotWrittenForOne(String name) {
        Profile profile = new Profile(name, plain("Sales"));
        assertThat(CommandText.run(profile, Shell.CMD)).isEmpty();
        assertThat(CommandText.run(profile, Shell.POWERSHELL)).isEmpty();
        assertThat(CommandText.run(profile, Shell.SH)).isPresent();
    }

    @Test
    void thisSystemHasAShell() {
        assertThat(Shell.ofThisSystem()).isNotEmpty();
    }
}
