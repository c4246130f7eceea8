package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packages for Debian and Red Hat: what they hold, and that it runs where there is no Java. */
@EnabledOnOs(OS.LINUX)
@SuppressWarnings("NullAway.Init") // unpacked before all tests
class LinuxPackagesTest {

    private static final String BELOW_USR = "opt/sluice/lib/app/share";
    private static final String MENU_ENTRY = BELOW_USR + "/applications/dev.sluice.Sluice.desktop";
    private static final String PROFILE = "application/vnd.sluice.profile+json";

    @TempDir private static Path root;
    @TempDir private Path home;

    @BeforeAll
    static void unpack() throws Exception {
        Run.tool("dpkg-deb", "-x", Built.pack(".deb").toString(), root.toString());
    }

    @Test
    void theInstalledConsoleTellsItsVersion() throws Exception {
        Run run = sluice(Map.of(), "--version");
        assertThat(run.output()).startsWith("Sluice ").contains("commit ");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theInstalledConsoleDoesTheDemoWithoutAnyJava() throws Exception {
        Run run = sluice(Map.of(), "demo");
        assertThat(run.output()).contains("Every row is equal");
        assertThat(run.exitCode()).isZero();
        assertThat(home).isDirectoryNotContaining(file -> !file.endsWith("sluice"));
    }

    @Test
    void theDoctorFindsJnaAndNativeAccessInOrder() throws Exception {
        assertThat(sluice(Map.of(), "doctor").output()).contains("ok       Versions:");
    }

    @Test
    void aCacheThatWasMadeElsewhereIsUsed() throws Exception {
        Path log = home.resolve("cache.log");
        sluice(Map.of("JAVA_TOOL_OPTIONS", "-Xlog:aot*=info:file=" + log), "--version");
        assertThat(log).content().contains("full module graph: enabled");
        assertThat(log).content().doesNotContain("[error]");
    }

    @Test
    void helpNeedsNoLibraryBesideTheCache() throws Exception {
        Path log = home.resolve("classes.log");
        sluice(Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log), "--help");
        assertThat(log).content().contains("picocli.CommandLine source: shared objects file");
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains("source: jrt:/"))
                .allMatch(line -> line.contains("source: jrt:/java.base"));
    }

    @Test
    void aCacheThatDoesNotFitIsNoneAndNobodyHears() throws Exception {
        Path cache = root.resolve("opt/sluice/lib/app/console.aot");
        byte[] before = Files.readAllBytes(cache);
        Files.writeString(cache, "another Java's");
        try {
            Run run = sluice(Map.of(), "--version");
            assertThat(run.output()).startsWith("Sluice ");
            assertThat(run.exitCode()).isZero();
        } finally {
            Files.write(cache, before);
        }
    }

    @Test
    void theInstalledWindowOpensAndUnpacksNothing() throws Exception {
        Path temporary = Files.createDirectory(home.resolve("temporary"));
        Path output = home.resolve("output.txt");
        try (Screen screen = Screen.open()) {
            Process window = window(screen, temporary, output);
            try {
                screen.awaitWindow(window, "Sluice");
                assertThat(window.isAlive()).isTrue();
                assertThat(Built.below(home, ".so")).isEmpty();
                assertThat(home.resolve(".rpmdb")).doesNotExist();
                assertThat(Built.below(temporary, "")).isEmpty();
                assertThat(windowsOfTheMenuEntry(screen)).isNotBlank();
            } finally {
                window.destroy();
                assertThat(window.waitFor(60, TimeUnit.SECONDS)).as("the window ends").isTrue();
            }
        }
        assertThat(output).content().doesNotContain("WARNING").doesNotContain("Exception");
    }

    /** The windows that a desktop takes for the menu entry's, by their class. */
    private static String windowsOfTheMenuEntry(Screen screen) throws Exception {
        String windowClass =
                Files.readAllLines(root.resolve(MENU_ENTRY)).stream()
                        .filter(line -> line.startsWith("StartupWMClass="))
                        .map(line -> line.substring(line.indexOf('=') + 1).replace(".", "\\."))
                        .findFirst()
                        .orElseThrow();
        return Run.of(
                        Map.of("DISPLAY", screen.name()),
                        List.of(
                                "xdotool",
                                "search",
                                "--onlyvisible",
                                "--class",
                                "^" + windowClass + "$"))
                .output();
    }

    private Process window(Screen screen, Path temporary, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        root.resolve("opt/sluice/lib/app/bin/sluice-desktop").toString());
        builder.environment().clear();
        builder.environment().putAll(environment());
        builder.environment().put("DISPLAY", screen.name());
        builder.environment()
                .put(
                        "JAVA_TOOL_OPTIONS",
                        "-Duser.home=%s -Djava.io.tmpdir=%s".formatted(home, temporary));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    @Test
    void bothPackagesHoldTheSameProgram() throws Exception {
        List<String> ofRpm =
                Run.tool("rpm", "-qlp", Built.pack(".rpm").toString())
                        .lines()
                        .filter(file -> file.startsWith("/opt/sluice"))
                        .toList();
        List<String> ofDeb = new ArrayList<>();
        try (var files = Files.walk(root.resolve("opt/sluice"))) {
            files.forEach(file -> ofDeb.add("/" + root.relativize(file)));
        }
        ofDeb.removeIf(file -> file.startsWith("/opt/sluice/share"));
        assertThat(ofRpm).containsExactlyInAnyOrderElementsOf(ofDeb);
    }

    @Test
    void theRpmOwnsWhatItPutsBelowUsr() throws Exception {
        List<String> expected = new ArrayList<>(List.of("/usr/bin/sluice"));
        for (Path file : Built.below(root.resolve(BELOW_USR), "")) {
            expected.add("/usr/share/" + root.resolve(BELOW_USR).relativize(file));
        }
        assertThat(Run.tool("rpm", "-qlp", Built.pack(".rpm").toString()).lines())
                .containsAll(expected);
        assertThat(Run.tool("rpm", "-qp", "--scripts", Built.pack(".rpm").toString())).isBlank();
    }

    @Test
    void theDebRunsOnAServerWithoutADesktop() throws Exception {
        String control = Run.tool("dpkg-deb", "-f", Built.pack(".deb").toString());
        assertThat(control).contains("Package: sluice\n").contains("Depends: libc6\n");
        assertThat(control).doesNotContain("Unknown");
        assertThat(control).contains("Recommends: libgtk-3-0");
    }

    @Test
    void whatTheDebLinksBelowUsrIsTakenAwayAgain() throws Exception {
        Path scripts = Files.createDirectory(home.resolve("scripts"));
        Run.tool("dpkg-deb", "-e", Built.pack(".deb").toString(), scripts.toString());
        Path usr = home.resolve("usr");
        Files.createDirectories(usr.resolve("bin"));
        Files.createDirectories(usr.resolve("share/man/man1"));
        Files.createFile(usr.resolve("share/man/man1/of-another.1"));
        Files.createDirectories(usr.resolve("share/applications"));
        Files.createFile(usr.resolve("share/applications/of-another.desktop"));
        Files.createDirectories(usr.resolve("share/mime/packages"));
        Files.writeString(
                usr.resolve("share/mime/packages/of-another.xml"),
                """
                <mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
                  <mime-type type="application/x-of-another"><glob pattern="*.another"/></mime-type>
                </mime-info>
                """);
        // the indexes of what there is
        script(scripts.resolve("postrm"), "remove");
        List<Path> before = everything(usr);

        script(scripts.resolve("postinst"), "configure");
        assertThat(usr.resolve("bin/sluice")).isSymbolicLink();
        assertThat(usr.resolve("share/man/man1/sluice-backup.1")).isSymbolicLink();
        assertThat(usr.resolve("share/applications/dev.sluice.Sluice.desktop")).exists();
        assertThat(usr.resolve("share/zsh/vendor-completions/_sluice")).exists();

        script(scripts.resolve("prerm"), "remove");
        script(scripts.resolve("postrm"), "remove");
        assertThat(everything(usr)).isEqualTo(before);
        assertThat(usr.resolve("share/applications/dev.sluice.Sluice.desktop")).doesNotExist();
        assertThat(usr.resolve("share/mime/packages/dev.sluice.Sluice.xml")).doesNotExist();
    }

    /** Runs a script as if the unpacked package were the machine's. */
    private void script(Path script, String argument) throws Exception {
        String moved =
                Files.readString(script)
                        .replace("/opt/", root + "/opt/")
                        .replace("/usr/", home + "/usr/");
        Path there = Files.writeString(home.resolve(script.getFileName()), moved);
        Run.tool("sh", there.toString(), argument);
    }

    private static List<Path> everything(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void noLauncherAndNoMenuEntryLiesInThePackageUnused() throws Exception {
        assertThat(root.resolve("opt/sluice/bin")).doesNotExist();
        assertThat(root.resolve("opt/sluice/lib/app/bin"))
                .isDirectoryContaining("glob:**/sluice")
                .isDirectoryContaining("glob:**/sluice-desktop");
        assertThat(Built.below(root, ".desktop")).containsExactly(root.resolve(MENU_ENTRY));
    }

    @Test
    void theMenuEntryOpensProfiles() throws Exception {
        Path share = root.resolve(BELOW_USR);
        assertThat(root.resolve(MENU_ENTRY))
                .content()
                .contains("Exec=/opt/sluice/lib/app/bin/sluice-desktop %f")
                .contains("Categories=Development;Database;")
                .contains("MimeType=" + PROFILE + ";")
                .doesNotContain("@");
        assertThat(share.resolve("mime/packages/dev.sluice.Sluice.xml"))
                .content()
                .contains(PROFILE)
                .contains("*.sluice");
        for (int size : List.of(16, 24, 32, 48, 64, 128, 256, 512)) {
            Path icons = share.resolve("icons/hicolor/%1$dx%1$d".formatted(size));
            assertThat(icons.resolve("apps/dev.sluice.Sluice.png")).isNotEmptyFile();
            assertThat(icons.resolve("mimetypes/application-vnd.sluice.profile+json.png"))
                    .isNotEmptyFile();
        }
    }

    @Test
    void theManualAndTheCompletionKnowTheCommands() throws Exception {
        Path share = root.resolve(BELOW_USR);
        assertThat(share.resolve("man/man1/sluice-restore.1"))
                .content()
                .contains("\\-\\-stop\\-at");
        assertThat(share.resolve("man/man1/sluice-server-add.1")).exists();
        Path completion = share.resolve("bash-completion/completions/sluice");
        String question =
                ". %s; COMP_WORDS=(sluice back); COMP_CWORD=1; _complete_sluice 2> /dev/null; echo ${COMPREPLY[@]}"
                        .formatted(completion);
        assertThat(Run.tool("bash", "-c", question).strip()).isEqualTo("backup backups");
        assertThat(share.resolve("zsh/site-functions/_sluice"))
                .content()
                .contains("#compdef sluice");
    }

    private Run sluice(Map<String, String> more, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(root.resolve("opt/sluice/lib/app/bin/sluice").toString());
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(environment());
        environment.putAll(more);
        return Run.of(environment, command);
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH", "/usr/bin:/bin",
                "HOME", home.toString(),
                "SLUICE_HOME", home.resolve("sluice").toString());
    }
}
