package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.files.FileNames;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

class ProfileStoreTest {

    private final Path folder;
    private final Path outside;
    private final ProfileStore store;

    ProfileStoreTest(@TempDir Path home) {
        this.folder = home.resolve("config/profiles");
        this.outside = home.resolve("exported.json");
        this.store = new ProfileStore(folder);
    }

    private static Profile backup(String name) {
        return new Profile(
                name,
                new BackupRequest(
                        "embedded",
                        "Sales ]",
                        BackupType.LOG,
                        true,
                        true,
                        Path.of("/backups/über").toAbsolutePath(),
                        7,
                        new TransferOptions(512, 9, 131072),
                        20_000_000));
    }

    private static Profile restore(String name) {
        return new Profile(
                name,
                new RestoreRequest(
                        "embedded",
                        Path.of("/backups/set").toAbsolutePath(),
                        null,
                        RestoreRequest.Options.plain(true, true),
                        TransferOptions.DEFAULT,
                        0));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private void edit(String from, String to) throws IOException {
        Path file = files().getFirst();
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void givesBackWhatItWasGiven() throws Exception {
        store.save(backup("nightly"), false);
        store.save(restore("Test copy"), false);
        assertThat(store.load("nightly")).isEqualTo(backup("nightly"));
        assertThat(store.load("Test copy")).isEqualTo(restore("Test copy"));
        assertThat(store.list().found()).containsExactly(backup("nightly"), restore("Test copy"));
        assertThat(store.list().problems()).isEmpty();
    }

    @Test
    void isEmptyBeforeTheFirstProfile() throws Exception {
        assertThat(store.list().found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "..",
                "a/b",
                "a\\b",
                "CON",
                "nul.txt",
                "Ночной",
                "x:y|z?",
                "é"
            })
    void keepsAnyNameInsideItsFolder(String name) throws Exception {
        store.save(backup(name), false);
        assertThat(files()).hasSize(1);
        assertThat(files().getFirst().getFileName().toString()).matches("[a-z0-9-]+\\.json");
        assertThat(store.load(name)).isEqualTo(backup(name));
        assertThat(store.list().found()).extracting(Profile::name).containsExactly(name);
    }

    @Test
    void tellsNamesApartThatDifferOnlyInCase() throws Exception {
        store.save(backup("Nightly"), false);
        store.save(restore("nightly"), false);
        assertThat(store.load("Nightly")).isEqualTo(backup("Nightly"));
        assertThat(store.load("nightly")).isEqualTo(restore("nightly"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a\nb"})
    void refusesNamesThatCannotBeShown(String name) {
        assertThatThrownBy(() -> backup(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void suggestsTheNameThatMayHaveBeenMeant() throws Exception {
        store.save(backup("nightly"), false);
        assertThatThrownBy(() -> store.load("nigthly"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("there is no profile \"nigthly\"; did you mean \"nightly\"?");
        assertThatThrownBy(() -> store.delete("weekly"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("known profiles: nightly");
    }

    @Test
    void replacesOnlyWhenAllowed() throws Exception {
        store.save(backup("nightly"), false);
        assertThatThrownBy(() -> store.save(restore("nightly"), false))
                .isInstanceOf(SavedFileException.class)
                .hasMessageContaining("there is a profile \"nightly\" already");
        assertThat(store.load("nightly")).isEqualTo(backup("nightly"));
        store.save(restore("nightly"), true);
        assertThat(store.load("nightly")).isEqualTo(restore("nightly"));
        assertThat(files()).hasSize(1);
    }

    @Test
    void keepsFieldsItDoesNotKnow() throws Exception {
        store.save(backup("nightly"), false);
        edit("\"devices\" : 7", "\"devices\" : 7, \"colour\" : {\"r\" : 1}");
        edit("\"kind\"", "\"schedule\" : [1, 2], \"kind\"");
        store.save(backup("nightly"), true);
        assertThat(Files.readString(files().getFirst()))
                .contains("\"colour\"", "\"r\" : 1", "\"schedule\" : [ 1, 2 ]");

        store.exportTo("nightly", outside, false);
        store.delete("nightly");
        assertThat(files()).isEmpty();
        assertThat(store.importFrom(outside, false)).isEqualTo(backup("nightly"));
        assertThat(Files.readString(files().getFirst())).contains("\"colour\"", "\"schedule\"");
    }

    @Test
    void exportsToNewFilesOnly() throws Exception {
        store.save(backup("nightly"), false);
        Files.writeString(outside, "precious");
        assertThatThrownBy(() -> store.exportTo("nightly", outside, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(outside)).isEqualTo("precious");
    }

    @Test
    void exportsOverAFileWhenAllowed() throws Exception {
        store.save(backup("nightly"), false);
        Files.writeString(outside, "old");
        store.exportTo("nightly", outside, true);
        assertThat(store.look(outside)).isEqualTo(backup("nightly"));
    }

    @Test
    void aLookAtAFileKeepsNothing() throws Exception {
        store.save(backup("nightly"), false);
        store.exportTo("nightly", outside, false);
        store.delete("nightly");
        assertThat(store.look(outside)).isEqualTo(backup("nightly"));
        assertThat(store.list().found()).isEmpty();
        Files.writeString(outside, "{}");
        assertThatThrownBy(() -> store.look(outside))
                .isInstanceOf(SavedFileException.class)
                .hasMessageContaining("schemaVersion");
    }

    @Test
    void listsInTheOrderTheyWereArrangedInAndTheRestByName() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            store.save(backup(name), false);
        }
        store.arrange(List.of("c", "gone", "a"));
        assertThat(names()).containsExactly("c", "a", "b", "d");
        store.delete("c");
        assertThat(names()).containsExactly("a", "b", "d");
    }

    @Test
    void aDamagedOrderIsToldAndHidesNothing() throws Exception {
        store.save(backup("b"), false);
        store.save(backup("a"), false);
        store.arrange(List.of("b", "a"));
        Path order = folder.resolveSibling(FileNames.of("profile-order", ".json"));
        assertThat(order).exists();
        Files.writeString(order, "{");
        assertThat(names()).containsExactly("a", "b");
        assertThat(store.list().problems()).hasSize(1);
    }

    private List<String> names() throws IOException {
        return store.list().found().stream().map(Profile::name).toList();
    }

    @Test
    void importsOverAnExistingProfileOnlyWhenAllowed() throws Exception {
        store.save(backup("nightly"), false);
        store.exportTo("nightly", outside, false);
        store.save(restore("nightly"), true);
        assertThatThrownBy(() -> store.importFrom(outside, false))
                .isInstanceOf(SavedFileException.class);
        assertThat(store.importFrom(outside, true)).isEqualTo(backup("nightly"));
        assertThat(store.load("nightly")).isEqualTo(backup("nightly"));
    }

    @Test
    void findsAFileThatSomeonePutThereUnderItsOwnName() throws Exception {
        store.save(backup("nightly"), false);
        Files.move(files().getFirst(), folder.resolve("mine.json"));
        assertThat(store.load("nightly")).isEqualTo(backup("nightly"));
        store.save(restore("nightly"), true);
        assertThat(files()).containsExactly(folder.resolve("mine.json"));
        store.delete("nightly");
        assertThat(files()).isEmpty();
    }

    @Test
    void readsAProfileOfVersionOneAndKeepsACopyBeforeItIsWrittenAnew() throws Exception {
        store.save(restore("old"), false);
        Path file = files().getFirst();
        Files.writeString(
                file,
                """
                {"schemaVersion": 1, "name": "old", "kind": "backup", "backup": {
                  "server": "embedded", "database": "Sales ]", "type": "log", "copyOnly": true,
                  "checksum": true, "destination": "/backups", "devices": 7, "blockSize": 512,
                  "bufferCount": 9, "maxTransferSize": 131072, "limitRate": 5}}
                """);
        BackupRequest request = (BackupRequest) store.load("old").request();
        assertThat(request)
                .isEqualTo(
                        new BackupRequest(
                                "embedded",
                                "Sales ]",
                                BackupType.LOG,
                                true,
                                true,
                                Path.of("/backups"),
                                7,
                                new TransferOptions(512, 9, 131072),
                                5));
        String before = Files.readString(file);
        store.save(new Profile("old", request), true);
        assertThat(file).content().contains("\"databases\"").doesNotContain("\"database\" ");
        assertThat(folder.resolve(file.getFileName() + ".schema-1")).hasContent(before);
        assertThat(store.list().found()).hasSize(1);
        assertThat(store.list().problems()).isEmpty();
    }

    @Test
    void keepsEveryOption() throws Exception {
        BackupRequest full =
                new BackupRequest(
                        "prod",
                        List.of("Sales", "Stock"),
                        BackupType.FULL,
                        new Scope.Files(List.of("f1"), List.of("g1", "g]2")),
                        new BackupStatement.Options(
                                false,
                                true,
                                true,
                                Compression.of("zstd:low"),
                                TransferOptions.DEFAULT,
                                7,
                                "n",
                                "d'",
                                TailLog.NONE),
                        Path.of("/backups").toAbsolutePath(),
                        3,
                        0);
        BackupRequest tail =
                new BackupRequest(
                        "prod",
                        List.of("Sales"),
                        BackupType.LOG,
                        new Scope.WholeDatabase(),
                        new BackupStatement.Options(
                                false,
                                true,
                                true,
                                Compression.of("none"),
                                TransferOptions.NONE,
                                1,
                                "",
                                "",
                                TailLog.NORECOVERY_NO_TRUNCATE),
                        Path.of("/backups").toAbsolutePath(),
                        1,
                        0);
        for (BackupRequest request : List.of(full, tail)) {
            store.save(new Profile("p", request), true);
            assertThat(store.load("p").request()).isEqualTo(request);
        }
    }

    @Test
    void readsARestoreOfVersionTwo() throws Exception {
        store.save(restore("old"), false);
        Path file = files().getFirst();
        Files.writeString(
                file,
                """
                {"schemaVersion": 2, "name": "old", "kind": "restore", "restore": {
                  "server": "embedded", "set": "/backups/set", "database": null, "replace": true,
                  "noRecovery": true, "blockSize": 65536, "bufferCount": 0,
                  "maxTransferSize": 1048576, "limitRate": 0}}
                """);
        RestoreRequest request = (RestoreRequest) store.load("old").request();
        assertThat(request.sets()).containsExactly(Path.of("/backups/set"));
        assertThat(request.options()).isEqualTo(RestoreRequest.Options.plain(true, true));
        store.save(new Profile("old", request), true);
        assertThat(file).content().contains("\"sets\"").doesNotContain("\"set\" ");
    }

    @ParameterizedTest
    @MethodSource("restores")
    void keepsEveryOptionOfARestore(RestoreRequest.Options options) throws Exception {
        RestoreRequest request =
                new RestoreRequest(
                        "prod",
                        List.of(
                                Path.of("/backups/full").toAbsolutePath(),
                                Path.of("/backups/log").toAbsolutePath()),
                        "Copy ]",
                        options,
                        new TransferOptions(0, 3, 65536),
                        7);
        store.save(new Profile("p", request), true);
        assertThat(store.load("p").request()).isEqualTo(request);
    }

    static List<RestoreRequest.Options> restores() {
        Scope whole = new Scope.WholeDatabase();
        LocalDateTime time = LocalDateTime.of(2026, 1, 31, 9, 30);
        List<Move> moves = List.of(new Move("a", "D:\\a.mdf"), new Move("b'", "/data/b"));
        return List.of(
                new RestoreRequest.Options(
                        true,
                        true,
                        new Recovery.Standby("/undo.bak"),
                        new StopAt.Time(time.plusNanos(7_000_000)),
                        whole,
                        false,
                        moves,
                        "D:\\data",
                        "L:\\log",
                        true),
                new RestoreRequest.Options(
                        false,
                        false,
                        new Recovery.Recover(),
                        new StopAt.AtMark("m'", null),
                        new Scope.Files(List.of("f"), List.of("g", "h")),
                        true,
                        List.of(),
                        null,
                        "/log",
                        false),
                new RestoreRequest.Options(
                        false,
                        false,
                        new Recovery.NoRecovery(),
                        new StopAt.BeforeMark("lsn:1234", time),
                        new Scope.ReadWriteFilegroups(List.of("old")),
                        true,
                        List.of(),
                        null,
                        null,
                        false));
    }

    @Test
    void saysWhatIsWrongWithAStoredTime() throws Exception {
        store.save(restore("p"), false);
        edit("\"stopAt\" : null", "\"stopAt\" : \"yesterday\"");
        assertThatThrownBy(() -> store.load("p"))
                .isInstanceOf(SavedFileException.class)
                .hasMessageContaining("yesterday")
                .hasMessageContaining("stopAt");
    }

    @Test
    void refusesAProfileOfANewerVersion() throws Exception {
        store.save(backup("nightly"), false);
        edit("\"schemaVersion\" : 3", "\"schemaVersion\" : 4");
        assertThatThrownBy(() -> store.load("nightly"))
                .isInstanceOf(SavedFileException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("schema 4");
        assertThatThrownBy(() -> store.save(backup("nightly"), true))
                .isInstanceOf(SavedFileException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"devices\" : \"7\"",
                "\"devices\" : 7.5",
                "\"devices\" : 65",
                "\"devices\" : 99999999999",
                "\"devices\" : null",
                "\"gadgets\" : 7",
                "\"devices\" : [",
            })
    void saysWhatIsWrongWithADamagedFile(String damage) throws Exception {
        store.save(backup("nightly"), false);
        store.save(backup("weekly"), false);
        Path file = folder.resolve(FileNames.of("nightly", ".json"));
        Files.writeString(file, Files.readString(file).replace("\"devices\" : 7", damage));
        assertThatThrownBy(() -> store.load("nightly"))
                .isInstanceOf(SavedFileException.class)
                .hasMessageContaining(file.toString());
        assertThat(store.list().found()).containsExactly(backup("weekly"));
        assertThat(store.list().problems()).singleElement().asString().contains(file.toString());
        store.delete("nightly");
        assertThat(store.list().problems()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
    void letsNobodyElseRead() throws Exception {
        store.save(backup("nightly"), false);
        store.exportTo("nightly", outside, false);
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(files().getFirst())).isEqualTo("rw-------");
        assertThat(permissions(outside)).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
