package dev.sluice.media;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import dev.sluice.files.PrivateFiles;
import dev.sluice.sql.BackupType;
import dev.sluice.words.Told;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads and writes {@code manifest.json}: sealed JSON. Fields this version does not know are passed
 * over; a newer format version is refused.
 */
final class ManifestFile {

    /** Far above what the digests of the largest sets take. */
    private static final long MAX_BYTES = 1L << 30;

    private static final String VERSION_FIELD = "formatVersion";
    private static final JsonMapper MAPPER = mapper();

    private ManifestFile() {}

    /** Writes the manifest durably; its rename is the commit point of the set. */
    static void write(Path file, Manifest manifest) throws IOException {
        Path partial = SetLayout.partial(file);
        PrivateFiles.create(
                partial, ByteBuffer.wrap(ManifestSeal.seal(MAPPER.writeValueAsBytes(manifest))));
        PrivateFiles.move(partial, file);
    }

    /**
     * Reads a manifest that exists.
     *
     * @throws ManifestException when it is damaged or made by a newer Sluice
     * @throws IOException when it cannot be read
     */
    static Manifest read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw ManifestException.damaged(file, Told.of("manifest.tooLarge"), null);
        }
        byte[] content = Files.readAllBytes(file);
        refuseNewer(file, content);
        if (!ManifestSeal.isIntact(content)) {
            throw ManifestException.damaged(file, Told.of("manifest.seal"), null);
        }
        return parse(file, content);
    }

    private static Manifest parse(Path file, byte[] content) throws ManifestException {
        try {
            return MAPPER.readValue(content, Manifest.class);
        } catch (JacksonException e) {
            throw ManifestException.damaged(
                    file, Told.asIs(String.valueOf(e.getOriginalMessage())), e);
        }
    }

    /** First of all: a newer format may be sealed, or even written, in another way. */
    private static void refuseNewer(Path file, byte[] content) throws ManifestException {
        long version = formatVersion(content);
        if (version > Manifest.FORMAT_VERSION) {
            throw ManifestException.newer(file, version);
        }
    }

    /** The version at the top level; 0 when there is none that can be read. */
    private static long formatVersion(byte[] content) {
        try (JsonParser parser = MAPPER.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return 0;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals(VERSION_FIELD);
                if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && found) {
                    return parser.getLongValue();
                }
                parser.skipChildren();
            }
            return 0;
        } catch (JacksonException e) {
            // not JSON up to there: the seal will not match either
            return 0;
        }
    }

    private static JsonMapper mapper() {
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxStringLength(Integer.MAX_VALUE)
                                        .build())
                        .build();
        return JsonMapper.builder(factory)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .defaultPrettyPrinter(printer())
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .changeDefaultVisibility(
                        // SqlMessage.isError() is no fact of its own
                        visibility -> visibility.withIsGetterVisibility(Visibility.NONE))
                .addMixIn(BackupType.class, BackupTypeWord.class)
                .build();
    }

    /** One form on every system: two blanks, line feeds, arrays of objects over lines. */
    private static DefaultPrettyPrinter printer() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    }

    /** A type is written as its word. */
    private interface BackupTypeWord {
        @JsonValue
        String word();

        @JsonCreator
        static BackupType of(String word) {
            return BackupType.of(word);
        }
    }
}
