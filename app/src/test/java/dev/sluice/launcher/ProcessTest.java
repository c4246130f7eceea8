package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.Passwords;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sluice as a process: its signals, its exit codes, its log. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
class ProcessTest {

    @TempDir private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalCancelsTheHonestWay(String signal) throws Exception {
        assumeHeard(signal);
        Path backups = home.resolve("backups");
        try (ForkedSluice backup =
                ForkedSluice.start(home, backup(backups, "--devices", "3", "--limit-rate", "1M"))) {
            backup.awaitWhileAlive(() -> hasBytes(backups));
            backup.signal(signal);

            assertThat(backup.await()).isEqualTo(130);
            assertThat(String.join("\n", backup.lines()))
                    .contains(
                            "stopping; every buffer is waited for.",
                            "done: stop requested",
                            "done: SignalAbort sent",
                            "done: buffers returned",
                            "done: devices closed",
                            "done: device set closed",
                            "done: server statement ended",
                            "done: partial files removed",
                            "Backup of SluiceSample on embedded cancelled after");
        }
        assertThat(ForkedSluice.files(backups)).isEmpty();
    }

    @Test
    void aSignalDuringTheDemoTakesEverythingAwayAgain() throws Exception {
        assumeHeard("INT");
        try (ForkedSluice demo = ForkedSluice.start(home, List.of("demo", "--size", "64M"))) {
            demo.awaitLine(line -> line.contains("CONNECTING → STREAMING"));
            demo.signal("INT");

            assertThat(demo.await()).isEqualTo(130);
        }
        try (ForkedSluice databases = ForkedSluice.start(home, List.of("databases"))) {
            assertThat(databases.await()).isZero();
            assertThat(databases.lines()).noneMatch(line -> line.contains("SluiceDemo"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPasswordIsInNoArgumentOfItsProcessNorOfOneThatItStarted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(60_000);
            String port = Integer.toString(silent.getLocalPort());
            String added = "server add prod --host 127.0.0.1 --user sa --port " + port;
            try (ForkedSluice add = ForkedSluice.start(home, List.of(added.split(" ", -1)))) {
                assertThat(add.await()).as(String.join("\n", add.lines())).isZero();
            }
            List<String> asked =
                    List.of("databases", "--server", "prod", "--password-env", "PROD_PW");
            // the password is at hand once there is a connection
            try (ForkedSluice ask =
                            ForkedSluice.start(
                                    home, Map.of("PROD_PW", "hunter2, not to be seen"), asked);
                    Socket reached = silent.accept()) {
                assertThat(reached.isConnected()).isTrue();
                assertThat(ask.commandLines())
                        .anyMatch(line -> line.contains("PROD_PW"))
                        .noneMatch(line -> line.contains(Passwords.MARK));
            }
        }
        assertThat(Passwords.under(home)).isEmpty();
    }

    @Test
    void withoutArgumentsAndDisplayItSaysSoAndPerformsTheDemo() throws Exception {
        try (ForkedSluice demo = ForkedSluice.start(home, List.of())) {
            assertThat(demo.await()).as(String.join("\n", demo.lines())).isZero();
            assertThat(demo.lines().getFirst()).contains("no display", "demo");
            assertThat(demo.lines()).anyMatch(line -> line.contains("Every row is equal"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log().getParent())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
                .isEqualTo("rw-------");
        assertThat(log()).content().contains("SluiceDemo");
    }

    @Test
    void wrongUsageEndsWithTwo() throws Exception {
        try (ForkedSluice wrong = ForkedSluice.start(home, List.of("backup"))) {
            assertThat(wrong.await()).isEqualTo(2);
            assertThat(wrong.lines())
                    .containsExactly(
                            "sluice backup: Missing required options: '--database=NAME',"
                                    + " '--to=DIR'",
                            "Try: sluice backup --help");
        }
    }

    /** What a shell starts in its background ignores INT, and so does what that starts. */
    private static void assumeHeard(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (signal.equals("INT") && Files.exists(status)) {
            assumeThat(Files.readAllLines(status))
                    .as("SIGINT is ignored here")
                    .noneMatch(ProcessTest::ignoresInterrupts);
        }
    }

    private static boolean ignoresInterrupts(String line) {
        return line.startsWith("SigIgn:")
                && new BigInteger(line.substring(7).strip(), 16).testBit(1);
    }

    private Path log() {
        return home.resolve("state/log/sluice.log");
    }

    private static List<String> backup(Path destination, String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "backup",
                                "--database",
                                "SluiceSample",
                                "--to",
                                destination.toString()));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private static boolean hasBytes(Path folder) {
        return ForkedSluice.files(folder).stream().anyMatch(file -> file.toFile().length() > 0);
    }
}
