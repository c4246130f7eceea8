package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.doctor.Doctor;
import dev.sluice.job.AddedServers;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.embedded.EmbeddedServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Help and wrong usage: told without opening anything. */
class CliUsageTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "databases",
                "backup",
                "restore",
                "verify",
                "backups",
                "server",
                "server add",
                "server edit",
                "server list",
                "server show",
                "server test",
                "server remove",
                "profile",
                "profile create",
                "profile list",
                "profile show",
                "profile run",
                "profile delete",
                "profile export",
                "profile import",
                "run",
                "history",
                "doctor"
            })
    void everyCommandExplainsItselfWithAnExample(String command) {
        String name = ("sluice " + command).strip();

        assertThat(run((command + " --help").strip().split(" "))).isEqualTo(ExitCode.DONE);

        assertThat(out.toString()).contains("Usage: " + name, "Example:", "  sluice ");
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 120);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 110})
    void helpIsAsWideAsTheTerminal(int columns) {
        assertThat(run(columns, "backup", "--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString().lines().mapToInt(String::length).max().orElseThrow())
                .isBetween(columns - 10, columns);
    }

    @Test
    void anExportedProfileAloneIsForTheWindow(@TempDir Path folder) throws Exception {
        String profile = Files.createFile(folder.resolve("nightly.sluice")).toString();
        assertThat(Cli.profileToOpen(List.of(profile))).contains(Path.of(profile));
        assertThat(Cli.profileToOpen(List.of("verify", profile))).isEmpty();
        assertThat(Cli.profileToOpen(List.of(profile + ".sluice"))).isEmpty();
        assertThat(Cli.profileToOpen(List.of(folder.toString()))).isEmpty();
        assertThat(Cli.profileToOpen(List.of())).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .matches(
                        """
                        Sluice \\S+ \\(commit (unknown, unknown|[-.\\w]+, \\d{4}-\\d\\d-\\d\\d)\\)
                        Java \\d+.*
                        """
                                .replace("\n", "\\R"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "backup --to x | Missing required option: '--database=NAME'",
                "backup --database A | Missing required option: '--to=DIR'",
                "backup --database A --to x --devices 0 | 0 devices: a device set has 1 to 64",
                "backup --database A --to x --devices 65 | 65 devices: a device set has 1 to 64",
                "backup --database A --to x --devices -1 | -1 devices",
                "backup --database A --to x --devices many | 'many' is not an int",
                "backup --database A --to x --type half | \"half\" is no backup type",
                "backup --database A --to x --type diff --copy-only | COPY_ONLY cannot be",
                "backup --database A --database a --to x | \"a\" is named twice",
                "backup --database A --to x --compression lz4 | \"lz4\" is no compression",
                "backup --database A --to x --tail | NORECOVERY cannot be with BACKUP DATABASE",
                "backup --database A --to x --type log --filegroup g | cannot be with BACKUP LOG",
                "backup --database A --to x --partial --file f | give one of them",
                "backup --database A --to x --stats 101 | STATS 101",
                "backup --database A --to x --limit-rate 20X | \"20X\" is no size",
                "backup --database A --to x --limit-rate -5 | \"-5\" is no size",
                "backup --database A --to x --block-size 1000 | BLOCKSIZE 1000 is not a power",
                "backup --database A --to x --block-size 128K | BLOCKSIZE 131072 is not a power",
                "backup --database A --to x --block-size 8G | more than any server accepts",
                "backup --database A --to x --buffer-count -1 | BUFFERCOUNT -1 is negative",
                "backup --database A --to x --max-transfer-size 100K | MAXTRANSFERSIZE 102400",
                "backup --database A --to x --max-transfer-size 8M | MAXTRANSFERSIZE 8388608",
                "backup --database '' --to x | no database is named",
                "backup --database A --to '' | the path is blank",
                "verify '' | the path is blank",
                "restore | Missing required option: '--from=SETDIR'",
                "restore --from x --as '' | the name of the database to restore to is blank",
                "verify | Missing required parameter: 'SETDIR'",
                "run | Missing required parameter: 'PROFILE'",
                "history --limit 0 | --limit 0: give at least 1",
                "demo --devices 0 | 0 devices: a device set has 1 to 64",
                "demo --size 12Q | \"12Q\" is no size",
                "demo --size 1 | at least 1M",
                "server | say what to do with a server",
                "server add prod | give the server's --host",
                "server add prod --host a;b --user sa | is no host",
                "server add prod --host h | the login kind sql needs a user name",
                "server add prod --host h --login windows --user sa | takes no user name",
                "server add prod --host h --login ntlm | \"ntlm\" is no kind of login",
                "server add prod --host h --user sa --encryption optional | never connects without",
                "server add prod --host h --user sa --port 1 --instance I | give one of them",
                "server add prod --host h --user sa --port 70000 | is no port",
                "server add prod --host h --user sa --trust-certificate any | is no SHA-256",
                "server add prod --host h --user sa --secret always | use ask or store",
                "server add prod --host h --login windows --secret store | has no secret",
                "server add prod --host h --user sa --password-stdin | add --secret store",
                "server add prod --host h --user sa --password | seen by everybody",
                "server add embedded --host h --user sa | the name of the server that Sluice",
                "server add '' --host h --user sa | is no name for a server",
                "server test prod --password-stdin --password-env X | mutually exclusive",
                "profile | say what to do with a profile",
                "profile create n | --database",
                "profile create n --database A --to x --from y | mutually exclusive",
                "profile create '' --database A --to x | is no name for a profile",
                "doctor --to | '--to'",
                "doctor --to '' | the path is blank",
                "doctor /backups | Unmatched argument",
                "backpu | Did you mean: sluice backup",
                "backup --database A --to x --devces 4 | --devices",
                "--json | Unknown option: '--json'",
                "--vdi dll demo | \"dll\" is no way to a device set: say auto, embedded or native",
                "demo --vdi NATIVE | \"NATIVE\" is no way to a device set",
                "profile list --vdi | --vdi",
            })
    void wrongUsageIsExplainedAndNothingIsOpened(String line, String reason) {
        String[] arguments = line.strip().split(" ");
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i].replace("''", "");
        }

        assertThat(run(arguments)).isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(err.toString()).contains(reason).contains("--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMissingCommandIsWrongUsage() {
        assertThat(run()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains("a command is missing");
    }

    private int run(String... arguments) {
        return run(80, arguments);
    }

    private int run(int columns, String... arguments) {
        CliContext context =
                new CliContext(
                        new Terminal(
                                new PrintWriter(out),
                                new PrintWriter(err),
                                false,
                                StandardCharsets.UTF_8,
                                columns,
                                24),
                        SecretInputs.ofProcess(Map.of()),
                        new TestSignals(),
                        new ClosedBackend(),
                        Path.of("sluice.log"));
        return Cli.run(List.of(arguments), context);
    }

    /** Nothing of this may be needed here. */
    private static final class ClosedBackend implements Backend {

        @Override
        public void choose(VdiChoice choice) {
            assertThat(choice).isEqualTo(VdiChoice.AUTO);
        }

        @Override
        public SluiceEngine engine() {
            throw new AssertionError("the engine was opened");
        }

        @Override
        public EmbeddedServer embedded() {
            throw new AssertionError("the server was opened");
        }

        @Override
        public AddedServers servers() {
            throw new AssertionError("the servers were read");
        }

        @Override
        public Doctor doctor() {
            throw new AssertionError("the machine was examined");
        }
    }
}
