package dev.sluice.media;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.SqlMessage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a backup set says about itself in {@code manifest.json}. It never holds a secret. The
 * constructors refuse what cannot be true, so a manifest that was read is consistent in itself.
 *
 * @param formatVersion of the manifest; for a new one by {@link #formatVersionFor}
 * @param id unique among all sets
 * @param toolVersion of the Sluice that made it
 * @param server name of the server, as the user knows it
 * @param instance the bare instance name; null for the default instance
 * @param database name of the database
 * @param type what the backup contains
 * @param scope which part of the database, by the word of its {@link dev.sluice.sql.Scope}; null
 *     for the whole
 * @param copyOnly it does not disturb the differential base
 * @param started when the run started
 * @param finished when the server had given its verdict
 * @param trigger who or what started the run
 * @param statement the T-SQL that was run
 * @param blockSize BLOCKSIZE in bytes; RESTORE needs the same
 * @param maxTransferSize MAXTRANSFERSIZE in bytes
 * @param codecs what the streams went through before they were stored, in order; empty for none
 * @param base id of the full backup set a differential is based on, when it was found beside it
 * @param header what the stream's own header says; null where it cannot be read
 * @param stripes in the order of the devices
 * @param messages of the server, in order
 */
public record Manifest(
        int formatVersion,
        String id,
        String toolVersion,
        String server,
        @Nullable String instance,
        String database,
        BackupType type,
        @Nullable String scope,
        boolean copyOnly,
        Instant started,
        Instant finished,
        String trigger,
        String statement,
        int blockSize,
        int maxTransferSize,
        List<String> codecs,
        @Nullable String base,
        @Nullable Header header,
        List<Stripe> stripes,
        List<SqlMessage> messages) {

    /** The newest version this Sluice reads. */
    public static final int FORMAT_VERSION = 2;

    /** The first one that has a scope. */
    private static final int WITH_SCOPE = 2;

    /** Checks that everything is there. */
    public Manifest {
        check(formatVersion >= 1, "formatVersion", formatVersion);
        require(id, "id");
        require(toolVersion, "toolVersion");
        require(server, "server");
        require(database, "database");
        require(type, "type");
        require(started, "started");
        require(finished, "finished");
        require(trigger, "trigger");
        require(statement, "statement");
        check(scope == null || formatVersion >= WITH_SCOPE, "scope", String.valueOf(scope));
        codecs = List.copyOf(require(codecs, "codecs"));
        stripes = List.copyOf(require(stripes, "stripes"));
        messages = List.copyOf(require(messages, "messages"));
        checkStripes(stripes);
    }

    /**
     * What the stream's own header says. LSNs are decimal numbers as SQL Server prints them; dates
     * are in the server's local time.
     *
     * @param mediaSet the GUID that all stripes of the set carry
     * @param database name of the database
     * @param server name of the server, with the instance
     * @param serverVersion version of the server
     * @param firstLsn of the oldest log record in the backup
     * @param lastLsn of the record after the newest
     * @param checkpointLsn where a restore starts to redo
     * @param databaseBackupLsn of the full backup it is based on
     * @param start when the backup started
     */
    public record Header(
            String mediaSet,
            String database,
            String server,
            String serverVersion,
            String firstLsn,
            String lastLsn,
            String checkpointLsn,
            String databaseBackupLsn,
            @Nullable LocalDateTime start) {

        /** Checks that everything is there. */
        public Header {
            require(mediaSet, "header.mediaSet");
            require(database, "header.database");
            require(server, "header.server");
            require(serverVersion, "header.serverVersion");
            require(firstLsn, "header.firstLsn");
            require(lastLsn, "header.lastLsn");
            require(checkpointLsn, "header.checkpointLsn");
            require(databaseBackupLsn, "header.databaseBackupLsn");
        }
    }

    /**
     * A stripe: what one device wrote.
     *
     * @param name of the file in the set's folder
     * @param storedSize of the file, in bytes
     * @param rawSize of the server's stream, in bytes
     * @param sha256 of the file, in lower-case hex: what {@code sha256sum} prints
     * @param chunkSize bytes of a chunk; the last may be shorter
     * @param chunkDigests one for each chunk but the last
     */
    public record Stripe(
            String name,
            long storedSize,
            long rawSize,
            String sha256,
            int chunkSize,
            ChunkDigests chunkDigests) {

        static final int MAX_CHUNK_SIZE = 64 << 20;
        private static final String LOWER_HEX = "0123456789abcdef";

        /** Checks that name, sizes and digests fit each other. */
        public Stripe {
            // a name from a file is never trusted to stay in the set's folder
            check(SetLayout.isStripeName(require(name, "stripe.name")), "stripe.name", name);
            check(storedSize >= 0, "stripe.storedSize", storedSize);
            check(rawSize >= 0, "stripe.rawSize", rawSize);
            check(isDigest(require(sha256, "stripe.sha256")), "stripe.sha256", sha256);
            check(chunkSize > 0 && chunkSize <= MAX_CHUNK_SIZE, "stripe.chunkSize", chunkSize);
            long expected = storedSize == 0 ? 0 : (storedSize - 1) / chunkSize;
            int count = require(chunkDigests, "stripe.chunkDigests").count();
            check(count == expected, "stripe.chunkDigests", count);
        }

        private static boolean isDigest(String hex) {
            return hex.length() == Sha256.HEX_LENGTH
                    && hex.chars().allMatch(c -> LOWER_HEX.indexOf(c) >= 0);
        }
    }

    /**
     * The version to write. An older Sluice passes over fields it does not know and would take a
     * backup of some files for one of the whole database, a base of others; so it must refuse it,
     * and goes on reading all the rest.
     */
    static int formatVersionFor(@Nullable String scope) {
        return scope == null ? 1 : WITH_SCOPE;
    }

    /** Whether it is not one of files or filegroups, nor a partial one. */
    public boolean ofWholeDatabase() {
        return scope == null;
    }

    /** Bytes of all stripes as stored. */
    public long storedSize() {
        return stripes.stream().mapToLong(Stripe::storedSize).sum();
    }

    /** Bytes of all streams. */
    public long rawSize() {
        return stripes.stream().mapToLong(Stripe::rawSize).sum();
    }

    /** Whether a differential with this header is based on this set. */
    boolean isBaseOf(Header differential) {
        return type == BackupType.FULL
                && ofWholeDatabase()
                && !copyOnly
                && header != null
                && header.database().equals(differential.database())
                && header.checkpointLsn().equals(differential.databaseBackupLsn());
    }

    private static void checkStripes(List<Stripe> stripes) {
        int count = stripes.size();
        check(count >= 1 && count <= SetLayout.MAX_STRIPES, "stripes", count);
        Set<String> names = new HashSet<>();
        for (Stripe stripe : stripes) {
            check(names.add(stripe.name()), "stripe.name, twice,", stripe.name());
        }
    }

    private static <T> T require(@Nullable T value, String field) {
        return Objects.requireNonNull(value, () -> "the field " + field + " is missing");
    }

    private static void check(boolean valid, String field, Object value) {
        if (!valid) {
            throw new IllegalArgumentException("the field %s cannot be %s".formatted(field, value));
        }
    }
}
