package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.UUID;

/** Keeps a {@link DatabaseEntry} as JSON; replacing the file is what commits a change. */
final class DatabaseEntryFile {

    /** Name of the file in a database's folder. */
    static final String NAME = "database.json";

    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private DatabaseEntryFile() {}

    /**
     * Reads an entry.
     *
     * @throws IOException also for a damaged file, or one of a later version
     */
    static DatabaseEntry read(Path file) throws IOException {
        try {
            return entry(JSON.readTree(Files.readAllBytes(file)));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new IOException(
                    "\"%s\" is damaged: %s".formatted(file, String.valueOf(e.getMessage())), e);
        }
    }

    /** Writes an entry, durably and all at once. */
    static void write(Path file, DatabaseEntry entry) throws IOException {
        PrivateFiles.replace(file, ByteBuffer.wrap(JSON.writeValueAsBytes(tree(entry))));
    }

    private static DatabaseEntry entry(JsonNode tree) {
        int format = tree.required("format").asInt();
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "format %d is not known, this version knows %d".formatted(format, FORMAT));
        }
        return new DatabaseEntry(
                tree.required("name").asString(),
                LocalDateTime.parse(tree.required("created").asString()),
                tree.required("dataFile").asString(),
                tree.has("restoring") ? identity(tree.required("restoring")) : null,
                base(tree));
    }

    private static DatabaseEntry.@Nullable DifferentialBase base(JsonNode tree) {
        if (!tree.has("base")) {
            return null;
        }
        JsonNode base = tree.required("base");
        return new DatabaseEntry.DifferentialBase(
                identity(base), base.required("digestFile").asString());
    }

    private static DatabaseEntry.BackupIdentity identity(JsonNode tree) {
        return new DatabaseEntry.BackupIdentity(
                UUID.fromString(tree.required("mediaSet").asString()),
                tree.required("version").asLong());
    }

    private static ObjectNode tree(DatabaseEntry entry) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("format", FORMAT);
        tree.put("name", entry.name());
        tree.put("created", entry.created().toString());
        tree.put("dataFile", entry.dataFile());
        if (entry.restoring() != null) {
            put(tree.putObject("restoring"), entry.restoring());
        }
        if (entry.base() != null) {
            ObjectNode base = tree.putObject("base");
            put(base, entry.base().backup());
            base.put("digestFile", entry.base().digestFile());
        }
        return tree;
    }

    private static void put(ObjectNode tree, DatabaseEntry.BackupIdentity identity) {
        tree.put("mediaSet", identity.mediaSet().toString());
        tree.put("version", identity.version());
    }
}
