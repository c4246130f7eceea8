package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.BackupType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

final class BackupSetWriterTest {

    @TempDir Path destination;

    @Test
    void committedSetReadsBackByteForByte() throws IOException {
        byte[] one = TestSets.randomBytes(3_000_001, 1);
        byte[] two = TestSets.randomBytes(262_144 * 3, 2);

        BackupSet set = TestSets.write(destination, one, two);

        List<StripeReader> readers = set.openStripes();
        try (StripeReader first = readers.get(0);
                StripeReader second = readers.get(1)) {
            assertThat(TestSets.readAll(first, 1 << 20)).isEqualTo(one);
            assertThat(TestSets.readAll(second, 70_001)).isEqualTo(two);
        }
    }

    @Test
    void putsTheSetUnderServerAndDatabaseWithTimeAndType() throws IOException {
        BackupSet set = TestSets.write(destination, new byte[10]);

        assertThat(destination.relativize(set.directory()).toString().replace('\\', '/'))
                .isEqualTo("embedded/Sales/20260304-050607-full");
        assertThat(names(set.directory())).containsExactly("manifest.json", "stripe-01.bak");
    }

    @Test
    void aSecondSetWithinTheSecondGetsASuffix() throws IOException {
        TestSets.write(destination, new byte[10]);
        BackupSet second = TestSets.write(destination, new byte[10]);
        BackupSet third = TestSets.write(destination, new byte[10]);

        assertThat(second.directory()).hasFileName("20260304-050607-full-2");
        assertThat(third.directory()).hasFileName("20260304-050607-full-3");
    }

    @Test
    void stripesArePartialUntilCommitted() throws IOException {
        BackupSetWriter writer = TestSets.create(destination, 2);

        assertThat(names(writer.directory()))
                .containsExactly("stripe-01.bak.partial", "stripe-02.bak.partial");
        writer.discard();
    }

    @Test
    void discardLeavesNothingItMade() throws IOException {
        BackupSetWriter writer = TestSets.create(destination.resolve("new/folder"), 3);
        TestSets.write(writer.stripes().get(1), new byte[100_000]);

        writer.discard();
        writer.discard();

        assertThat(names(destination)).isEmpty();
    }

    @Test
    void discardKeepsFoldersAndFilesItDidNotMake() throws IOException {
        BackupSet other = TestSets.write(destination, new byte[10]);
        BackupSetWriter writer = TestSets.create(destination, 1);
        Path foreign = Files.writeString(writer.directory().resolve("notes.txt"), "mine");

        writer.discard();

        assertThat(BackupSet.open(other.directory())).isEqualTo(other);
        assertThat(foreign).exists();
        assertThat(names(writer.directory())).containsExactly("notes.txt");
    }

    @Test
    void discardNamesWhatItCouldNotRemove() throws IOException {
        BackupSetWriter writer = TestSets.create(destination, 1);
        // a folder with content where the finished stripe would be cannot be removed as a file
        Path obstacle = Files.createDirectory(writer.stripePath(0));
        Files.writeString(obstacle.resolve("x"), "x");

        assertThatThrownBy(writer::discard)
                .isInstanceOf(BackupSetException.class)
                .hasMessageContaining("stripe-01.bak")
                .hasMessageContaining("by hand");
        assertThat(SetLayout.partial(writer.stripePath(0))).doesNotExist();
    }

    @Test
    void tellsWhereAStripeLiesNow() throws IOException {
        BackupSetWriter writer = TestSets.create(destination, 1);
        assertThat(writer.stripePathNow(0)).exists().hasFileName("stripe-01.bak.partial");

        writer.commit(TestSets.FACTS);

        assertThat(writer.stripePathNow(0)).exists().hasFileName("stripe-01.bak");
    }

    @Test
    void committedSetCannotBeDiscarded() throws IOException {
        BackupSetWriter writer = TestSets.create(destination, 1);
        writer.commit(TestSets.FACTS);

        assertThatThrownBy(writer::discard).isInstanceOf(IllegalStateException.class);
        assertThat(BackupSet.open(writer.directory()).manifest().id()).isEqualTo(writer.id());
    }

    @Test
    void commitThatFailsLeavesNoBackupAndCanBeDiscarded() throws IOException {
        BackupSetWriter writer = TestSets.create(destination, 2);
        // the manifest's partial name is taken, so the very last step fails
        Files.writeString(writer.directory().resolve("manifest.json.partial"), "{}");

        assertThatThrownBy(() -> writer.commit(TestSets.FACTS)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> BackupSet.open(writer.directory()))
                .isInstanceOf(NotABackupSetException.class);

        writer.discard();
        assertThat(names(destination)).isEmpty();
    }

    @Test
    void commitRefusesAStripeThatSomethingElseChanged() throws IOException {
        BackupSetWriter writer = TestSets.create(destination, 1);
        TestSets.write(writer.stripes().getFirst(), new byte[1000]);
        writer.stripes().getFirst().file().channel().truncate(500);

        assertThatThrownBy(() -> writer.commit(TestSets.FACTS))
                .hasMessageContaining("holds 500 bytes, yet 1000 were written");
        writer.discard();
    }

    @Test
    void refusesADestinationThatIsAFile() throws IOException {
        Path file = Files.writeString(destination.resolve("file"), "x");

        assertThatThrownBy(() -> TestSets.create(file, 1))
                .isInstanceOf(BackupSetException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("a file is in the way");
        assertThat(file).hasContent("x");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesADestinationItCannotWriteTo() throws IOException {
        Path destinationInProc = Path.of("/proc/sluice");

        assertThatThrownBy(() -> TestSets.create(destinationInProc, 1))
                .isInstanceOf(BackupSetException.class)
                .hasMessageContaining("/proc/sluice");
    }

    @Test
    void refusesNoStripesAndTooMany() {
        assertThatThrownBy(() -> TestSets.create(destination, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TestSets.create(destination, 65))
                .hasMessageContaining("65 stripes")
                .hasMessageContaining("1 to 64");
        assertThat(destination).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadWhatIsMade() throws IOException {
        BackupSet set = TestSets.write(destination.resolve("made"), new byte[10]);

        assertThat(permissions(destination.resolve("made"))).isEqualTo("rwx------");
        assertThat(permissions(set.directory())).isEqualTo("rwx------");
        assertThat(permissions(set.directory().resolve("manifest.json"))).isEqualTo("rw-------");
        assertThat(permissions(set.stripePath(0))).isEqualTo("rw-------");
    }

    @Test
    void hostileNamesStayUnderTheDestination() throws IOException {
        BackupSetWriter writer =
                BackupSetWriter.create(
                        destination, "../HOST\\INST", "..", BackupType.LOG, 1, TestSets.NOW);

        assertThat(destination.relativize(writer.directory()).toString().replace('\\', '/'))
                .isEqualTo("%2E.%2FHOST%5CINST/%2E%2E/20260304-050607-log");
        writer.discard();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
