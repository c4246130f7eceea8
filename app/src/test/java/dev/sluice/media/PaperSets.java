package dev.sluice.media;

import dev.sluice.sql.BackupType;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Sets of a database as their manifests would have them; nothing of them is on disk unless it is
 * written. LSNs grow with the time: one in a second.
 */
public final class PaperSets {

    private static final LocalDateTime ORIGIN = LocalDateTime.of(2020, 1, 1, 0, 0);
    private static final Duration LENGTH = Duration.ofMinutes(3);

    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-", Locale.ROOT);

    private final String server;
    private final String database;

    /** Sets of a database of a server. */
    public PaperSets(String server, String database) {
        this.server = server;
        this.database = database;
    }

    /** A full backup that took three minutes. */
    public BackupSet full(LocalDateTime at) {
        return set(BackupType.FULL, at, lsn(at), lsn(at) + 2, lsn(at) + 1, 0);
    }

    /** A differential one. */
    public BackupSet differential(LocalDateTime at, BackupSet base) {
        String checkpoint = Objects.requireNonNull(base.manifest().header()).checkpointLsn();
        return set(
                BackupType.DIFFERENTIAL,
                at,
                lsn(at),
                lsn(at) + 2,
                lsn(at) + 1,
                Long.parseLong(checkpoint));
    }

    /** A log backup, taken at the end of what it covers. */
    public BackupSet log(LocalDateTime from, LocalDateTime at) {
        return set(BackupType.LOG, at, lsn(from), lsn(at), 0, 0);
    }

    /** The same set where its stream cannot be read, as a compressed one. */
    public static BackupSet withoutHeader(BackupSet set) {
        return like(set, set.manifest().id(), set.manifest().scope(), null);
    }

    /** The same set under another name. */
    public static BackupSet named(String name, BackupSet set) {
        return like(set, name, set.manifest().scope(), set.manifest().header());
    }

    /** The same set of a part of the database, by the word of its scope. */
    public static BackupSet ofScope(String scope, BackupSet set) {
        return like(set, set.manifest().id(), scope, set.manifest().header());
    }

    private static BackupSet like(
            BackupSet set, String name, @Nullable String scope, Manifest.@Nullable Header header) {
        Manifest of = set.manifest();
        return new BackupSet(
                set.directory().resolveSibling(name),
                new Manifest(
                        of.formatVersion(),
                        name,
                        of.toolVersion(),
                        of.server(),
                        of.instance(),
                        of.database(),
                        of.type(),
                        scope,
                        of.copyOnly(),
                        of.started(),
                        of.finished(),
                        of.trigger(),
                        of.statement(),
                        of.blockSize(),
                        of.maxTransferSize(),
                        of.codecs(),
                        of.base(),
                        header,
                        of.stripes(),
                        of.messages()));
    }

    /** Puts a set on disk, with stripes of the right length that hold nothing. */
    public static BackupSet write(BackupSet set, Path destination) throws IOException {
        Manifest manifest = set.manifest();
        Path folder =
                destination
                        .resolve(manifest.server())
                        .resolve(manifest.database())
                        .resolve(
                                FOLDER.format(manifest.started().atOffset(ZoneOffset.ofHours(7)))
                                        + manifest.type().word());
        Files.createDirectories(folder);
        for (Manifest.Stripe stripe : manifest.stripes()) {
            Files.write(folder.resolve(stripe.name()), new byte[(int) stripe.storedSize()]);
        }
        ManifestFile.write(folder.resolve(SetLayout.MANIFEST), manifest);
        return new BackupSet(folder, manifest);
    }

    private static long lsn(LocalDateTime at) {
        return Duration.between(ORIGIN, at).toSeconds();
    }

    private BackupSet set(
            BackupType type, LocalDateTime at, long first, long last, long checkpoint, long base) {
        Manifest.Header header =
                new Manifest.Header(
                        "m",
                        database,
                        server,
                        "16.0.4125",
                        Long.toString(first),
                        Long.toString(last),
                        Long.toString(checkpoint),
                        Long.toString(base),
                        at);
        String name = "%s-%s".formatted(at.toString().replace(":", ""), type.word());
        Manifest.Stripe stripe =
                new Manifest.Stripe(
                        "stripe-01.bak",
                        1 << 20,
                        1 << 20,
                        "0".repeat(64),
                        1 << 20,
                        new ChunkDigests(new byte[0]));
        return new BackupSet(
                Path.of("/backups", server, database, name),
                new Manifest(
                        Manifest.FORMAT_VERSION,
                        name,
                        "0.1.0",
                        server,
                        null,
                        database,
                        type,
                        null,
                        false,
                        // another zone than the server's: only its own time counts
                        at.toInstant(ZoneOffset.ofHours(7)),
                        at.plus(LENGTH).toInstant(ZoneOffset.ofHours(7)),
                        "a test",
                        "BACKUP",
                        65536,
                        1 << 20,
                        List.of(),
                        null,
                        header,
                        List.of(stripe),
                        List.of()));
    }
}
