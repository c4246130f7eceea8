package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

final class ManifestFileTest {

    @TempDir Path folder;
    private Path file;
    private Manifest written;

    @BeforeEach
    void writeASet() throws IOException {
        BackupSet set =
                TestSets.write(
                        folder, TestSets.randomBytes(600_000, 1), TestSets.randomBytes(7, 2));
        file = set.directory().resolve("manifest.json");
        written = set.manifest();
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        Manifest read = ManifestFile.read(file);

        assertThat(read).isEqualTo(written);
        assertThat(read.stripes().getFirst().chunkDigests().count()).isEqualTo(2);
        assertThat(read.messages()).isEqualTo(TestSets.FACTS.messages());
        assertThat(read.storedSize()).isEqualTo(600_007);
    }

    @Test
    void writesTheSameBytesForTheSameManifest() throws IOException {
        Path copy = folder.resolve("manifest.json");

        ManifestFile.write(copy, written);

        assertThat(copy).hasSameBinaryContentAs(file);
    }

    @Test
    void theSealIsTheDigestOfAllBytesBeforeIt() throws IOException {
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, StandardCharsets.UTF_8);
        int seal = text.lastIndexOf("\"seal\" : \"") + "\"seal\" : \"".length();

        String expected = Sha256.hex(Sha256.start().digest(Arrays.copyOf(content, seal)));

        assertThat(text.substring(seal)).isEqualTo(expected + "\"\n}\n");
    }

    @Test
    void theSealBreaksWithEveryFlippedBit() throws IOException {
        byte[] content = Files.readAllBytes(file);
        assertThat(ManifestSeal.isIntact(content)).isTrue();
        for (int bit = 0; bit < content.length * 8; bit++) {
            assertThat(ManifestSeal.isIntact(flip(content, bit))).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void theSealBreaksWithEveryTruncationAndAnAddedByte() throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int length = 0; length <= content.length + 1; length++) {
            boolean intact = ManifestSeal.isIntact(Arrays.copyOf(content, length));
            assertThat(intact).as("length %d", length).isEqualTo(length == content.length);
        }
    }

    @Test
    void refusesAManifestWithAFlippedBit() throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int bit = 0; bit < content.length * 8; bit += 23) {
            Files.write(file, flip(content, bit));

            assertThatThrownBy(() -> ManifestFile.read(file))
                    .as("bit %d", bit)
                    .isInstanceOf(ManifestException.class);
        }
    }

    @Test
    void refusesATruncatedManifest() throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, 20, content.length / 2, content.length - 1}) {
            Files.write(file, Arrays.copyOf(content, length));

            assertThatThrownBy(() -> ManifestFile.read(file))
                    .as("length %d", length)
                    .isInstanceOf(ManifestException.class);
        }
    }

    @Test
    void aManifestFromTheFutureIsRefusedAsSuchBeforeAnythingElse() throws IOException {
        Files.writeString(file, "{\"other\":[{}], \"formatVersion\": 7, nonsense");

        assertThatThrownBy(() -> ManifestFile.read(file))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("made by a newer Sluice")
                .hasMessageContaining("format version 7")
                .hasMessageContaining("up to 2");
    }

    @Test
    void passesOverFieldsItDoesNotKnow() throws IOException {
        reseal("\"copyOnly\"", "\"surprise\" : {\"a\" : [1, 2]},\n  \"copyOnly\"");

        assertThat(ManifestFile.read(file)).isEqualTo(written);
    }

    /** An older Sluice would pass over the scope, and take the set for a base of others. */
    @Test
    void onlyAPartOfADatabaseHasAVersionThatAnOlderSluiceRefuses() throws IOException {
        assertThat(written.formatVersion()).isEqualTo(1);
        assertThat(written.ofWholeDatabase()).isTrue();
        BackupSetWriter writer = TestSets.create(folder, 1);

        writer.commit(TestSets.facts("files"));

        Manifest part = BackupSet.open(writer.directory()).manifest();
        assertThat(part.formatVersion()).isEqualTo(2);
        assertThat(part.scope()).isEqualTo("files");
        assertThat(part.ofWholeDatabase()).isFalse();
    }

    @Test
    void readsAManifestFromBeforeThereWasAScope() throws IOException {
        reseal("\"scope\" :", "\"unknown\" :");

        assertThat(ManifestFile.read(file)).isEqualTo(written);
    }

    @Test
    void refusesAFieldThatIsMissingByName() throws IOException {
        reseal("\"trigger\" :", "\"trigger2\" :");

        assertThatThrownBy(() -> ManifestFile.read(file))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("the field trigger is missing");
    }

    @Test
    void refusesAStripeNameThatLeavesTheFolder() throws IOException {
        reseal("\"stripe-01.bak\"", "\"../../../etc/passwd\"");

        assertThatThrownBy(() -> ManifestFile.read(file))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("stripe.name");
    }

    @Test
    void refusesTheSameStripeTwice() throws IOException {
        reseal("\"stripe-02.bak\"", "\"stripe-01.bak\"");

        assertThatThrownBy(() -> ManifestFile.read(file)).hasMessageContaining("twice");
    }

    @Test
    void refusesDigestsThatDoNotFitTheSize() throws IOException {
        reseal("\"storedSize\" : 600000", "\"storedSize\" : 900000");

        assertThatThrownBy(() -> ManifestFile.read(file)).hasMessageContaining("chunkDigests");
    }

    @Test
    void refusesForeignJson() throws IOException {
        Files.writeString(file, "{\"name\": \"a web application\", \"icons\": []}\n");

        assertThatThrownBy(() -> ManifestFile.read(file))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("seal");
    }

    private static byte[] flip(byte[] content, int bit) {
        byte[] flipped = content.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    /** Changes the text, and seals the result like a Sluice that writes it so. */
    private void reseal(String from, String to) throws IOException {
        String text = Files.readString(file);
        String open = text.substring(0, text.lastIndexOf(",\n  \"seal\"")) + "\n}";
        assertThat(open).contains(from);
        String changed = open.replaceFirst(Pattern.quote(from), to);
        Files.write(file, ManifestSeal.seal(changed.getBytes(StandardCharsets.UTF_8)));
    }
}
