package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.BackupType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

final class BackupCatalogTest {

    @TempDir Path folder;

    @Test
    void findsSetsNewestFirst() throws IOException {
        for (int hour : new int[] {2, 3, 1}) {
            BackupSetWriter writer = TestSets.create(folder, 2);
            writer.commit(startedLater(Duration.ofHours(hour)));
        }

        BackupCatalog catalog = BackupCatalog.find(folder);

        assertThat(catalog.sets())
                .extracting(set -> set.manifest().started())
                .containsExactly(
                        TestSets.FACTS.started().plus(Duration.ofHours(3)),
                        TestSets.FACTS.started().plus(Duration.ofHours(2)),
                        TestSets.FACTS.started().plus(Duration.ofHours(1)));
        assertThat(catalog.remains()).isEmpty();
        assertThat(catalog.problems()).isEmpty();
    }

    @Test
    void findsSetsFromAnyFolderOnTheWay() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[3]);

        for (String up : List.of(".", "..", "../..")) {
            Path start = set.directory().resolve(up).normalize();
            assertThat(BackupCatalog.find(start).sets()).as("from %s", start).hasSize(1);
        }
        assertThat(BackupCatalog.find(folder.resolve("nothing")).sets()).isEmpty();
    }

    @Test
    void tellsWhatLiesUnderTwoFoldersOnceAndLosesNothingBelowTheOuter() throws IOException {
        Path inner = folder.resolve("inner");
        BackupSet near = TestSets.write(folder, new byte[3]);
        BackupSet deep = TestSets.write(inner, new byte[3]);

        BackupCatalog catalog = BackupCatalog.find(List.of(folder, inner, near.directory()));

        assertThat(catalog.sets())
                .extracting(BackupSet::directory)
                .containsExactlyInAnyOrder(near.directory(), deep.directory());
    }

    @Test
    void findsASetThatWasRenamed() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[3]);
        Files.move(set.directory(), set.directory().resolveSibling("before the upgrade"));

        assertThat(BackupCatalog.find(folder).sets()).hasSize(1);
    }

    @Test
    void aSetThatLacksAStripeIsAProblemOnceItsStripesAreChecked() throws IOException {
        BackupSet whole = TestSets.write(folder, new byte[3]);
        BackupSet torn = TestSets.write(folder, new byte[3]);
        Files.delete(torn.stripePath(0));

        BackupCatalog catalog = BackupCatalog.find(folder).withStripesChecked();

        assertThat(catalog.sets()).containsExactly(whole);
        assertThat(catalog.problems())
                .singleElement()
                .asString()
                .contains("stripe-01.bak", "is missing");
    }

    @Test
    void passesOverForeignFolders() throws IOException {
        Path site = Files.createDirectories(folder.resolve("www/site"));
        Files.writeString(site.resolve("manifest.json"), "{\"icons\":[]}");
        Path other = Files.createDirectories(folder.resolve("a/stripe-01.bak"));

        BackupCatalog catalog = BackupCatalog.find(folder);

        assertThat(catalog).isEqualTo(new BackupCatalog(List.of(), List.of(), List.of()));
        assertThat(other).exists();
    }

    @Test
    void tellsOfASetWhoseManifestIsDamaged() throws IOException {
        BackupSet set = TestSets.write(folder, new byte[3]);
        StripeReaderTest.flip(set.directory().resolve("manifest.json"), 99, 3);

        BackupCatalog catalog = BackupCatalog.find(folder);

        assertThat(catalog.sets()).isEmpty();
        assertThat(catalog.problems())
                .singleElement()
                .isInstanceOf(ManifestException.class)
                .asString()
                .contains(set.directory().getFileName().toString());
    }

    @Test
    void aRunOfThisProcessIsRunningAndItsRemainsStay() throws IOException {
        BackupSetWriter writer = TestSets.create(folder, 2);

        Remains remains = BackupCatalog.find(folder).remains().getFirst();

        assertThat(remains.running()).isTrue();
        assertThatThrownBy(remains::remove)
                .isInstanceOf(BackupSetException.class)
                .hasMessageContaining("running");
        writer.commit(TestSets.FACTS);
        assertThat(BackupCatalog.find(folder).sets()).hasSize(1);
        assertThatThrownBy(remains::remove).hasMessageContaining("is a backup by now");
        assertThat(BackupSet.open(writer.directory())).isNotNull();
    }

    @Test
    void remainsThatSomebodyElseRemovedAreNoTrouble() throws IOException {
        Path partial = deadRun();
        Remains remains = BackupCatalog.find(folder).remains().getFirst();
        remains.remove();

        assertThat(partial.getParent()).doesNotExist();
        assertThatThrownBy(remains::remove).isInstanceOf(BackupSetException.class);
    }

    @Test
    void aStripeRemovedBeforeItWasLockedIsNoticed() throws IOException {
        Path file = folder.resolve("stripe-01.bak.partial");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Files.delete(file);

            assertThatThrownBy(() -> RunLock.lock(file, channel))
                    .isInstanceOf(SweptAwayException.class);
        }
    }

    @Test
    void aStripeThatIsBeingTidiedUpCannotBeLocked() throws IOException {
        Path file = Files.createFile(folder.resolve("stripe-01.bak.partial"));
        try (FileChannel tidying = RunLock.take(file);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(tidying).isNotNull();
            assertThatThrownBy(() -> RunLock.lock(file, channel))
                    .isInstanceOf(SweptAwayException.class);
        }
    }

    @Test
    void runsBeginWhileOthersTidyUp() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        FutureTask<Void> tidying = new FutureTask<>(() -> tidyUp(over), null);
        Thread.ofPlatform().start(tidying);
        try {
            for (int i = 0; i < 200; i++) {
                TestSets.create(folder.resolve("destination"), 1).discard();
            }
        } finally {
            over.set(true);
        }
        tidying.get();

        assertThat(folder.resolve("destination")).doesNotExist();
    }

    private void tidyUp(AtomicBoolean over) {
        while (!over.get()) {
            try (Stream<Path> sets = Files.list(folder.resolve("destination/embedded/Sales"))) {
                for (Path set : sets.toList()) {
                    Remains.of(set).remove();
                }
            } catch (IOException | UncheckedIOException e) {
                // alive, or gone in between: both are to be expected here
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void lookingAtALiveRunDoesNotDropItsLock() throws Exception {
        BackupSetWriter writer = TestSets.create(folder, 1);
        BackupCatalog.find(folder);
        BackupCatalog.find(folder);

        assertThat(probe(SetLayout.partial(writer.stripePath(0)))).isEqualTo("taken");
        writer.discard();
    }

    @Test
    void aRunOfAnotherProcessIsRunningUntilItIsKilled() throws Exception {
        Path partial = deadRun();
        Process holder = start("hold", partial);
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("locked");

            Remains live = BackupCatalog.find(folder).remains().getFirst();
            assertThat(live.running()).isTrue();
            assertThatThrownBy(live::remove).hasMessageContaining("running");

            holder.destroyForcibly().waitFor();
        }
        Remains dead = BackupCatalog.find(folder).remains().getFirst();
        assertThat(dead.running()).isFalse();
        dead.remove();
        assertThat(partial.getParent()).doesNotExist();
    }

    @Test
    void remainsRemoveOnlyWhatHasOurNames() throws IOException {
        Path partial = deadRun();
        Path notes = Files.writeString(partial.resolveSibling("notes.txt"), "mine");

        Remains remains = BackupCatalog.find(folder).remains().getFirst();
        assertThat(remains.files()).containsExactly(partial.toRealPath());
        assertThat(remains.bytes()).isEqualTo(5);
        remains.remove();

        assertThat(partial).doesNotExist();
        assertThat(notes).hasContent("mine");
    }

    @Test
    void noStepOfACommitThatWasCutOffLooksLikeABackup() throws IOException {
        BackupSet set =
                TestSets.write(folder, TestSets.randomBytes(9_000, 1), TestSets.randomBytes(70, 2));
        Path manifest = set.directory().resolve("manifest.json");
        byte[] content = Files.readAllBytes(manifest);
        Path manifestPartial = SetLayout.partial(manifest);

        // from the last step back to the first
        Files.move(manifest, manifestPartial);
        assertNoBackup(set.directory(), 3);
        for (int length : new int[] {content.length - 1, 1, 0}) {
            Files.write(manifestPartial, Arrays.copyOf(content, length));
            assertNoBackup(set.directory(), 3);
        }
        Files.delete(manifestPartial);
        assertNoBackup(set.directory(), 2);
        for (int stripe : new int[] {1, 0}) {
            Path file = set.stripePath(stripe);
            Files.move(file, SetLayout.partial(file), StandardCopyOption.ATOMIC_MOVE);
            assertNoBackup(set.directory(), 2);
        }
        for (int stripe : new int[] {1, 0}) {
            Files.delete(SetLayout.partial(set.stripePath(stripe)));
            assertNoBackup(set.directory(), stripe);
        }
        BackupCatalog.find(folder).remains().getFirst().remove();
        assertThat(set.directory()).doesNotExist();
    }

    private void assertNoBackup(Path directory, int files) throws IOException {
        assertThatThrownBy(() -> BackupSet.open(directory))
                .isInstanceOf(NotABackupSetException.class);
        BackupCatalog catalog = BackupCatalog.find(folder);
        assertThat(catalog.sets()).isEmpty();
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.remains())
                .singleElement()
                .satisfies(
                        remains -> {
                            assertThat(remains.running()).isFalse();
                            assertThat(remains.files()).hasSize(files);
                        });
    }

    private static ManifestFacts startedLater(Duration later) {
        ManifestFacts facts = TestSets.FACTS;
        return new ManifestFacts(
                facts.toolVersion(),
                facts.instance(),
                facts.scope(),
                facts.copyOnly(),
                facts.statement(),
                facts.blockSize(),
                facts.maxTransferSize(),
                facts.messages(),
                facts.trigger(),
                facts.started().plus(later),
                facts.finished());
    }

    /** What a run leaves that was killed early: a stripe of five bytes. */
    private Path deadRun() throws IOException {
        Path directory =
                folder.resolve("embedded/Sales")
                        .resolve(SetLayout.folderName(TestSets.NOW, BackupType.FULL));
        Files.createDirectories(directory);
        return Files.write(directory.resolve("stripe-01.bak.partial"), new byte[5]);
    }

    /** What another process finds when it tries to lock a stripe. */
    private String probe(Path file) throws Exception {
        Process process = start("try", file);
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            return said.readLine();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String mode, Path file) throws IOException {
        Path source =
                Files.writeString(
                        Files.createDirectories(folder.resolve("tool")).resolve("Holder.java"),
                        """
                        import java.nio.channels.FileChannel;
                        import java.nio.file.Path;
                        import java.nio.file.StandardOpenOption;

                        public class Holder {
                            public static void main(String[] args) throws Exception {
                                var channel = FileChannel.open(Path.of(args[1]), StandardOpenOption.WRITE);
                                var lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
                                System.out.println(lock == null ? "taken" : "locked");
                                if (args[0].equals("hold")) {
                                    System.in.read();
                                }
                            }
                        }
                        """);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(java.toString(), source.toString(), mode, file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
