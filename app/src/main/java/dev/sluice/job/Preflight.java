package dev.sluice.job;

import dev.sluice.job.JobException.About;
import dev.sluice.sql.Compression;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;
import dev.sluice.words.Told;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What would make a statement fail or wait in vain, found before it is sent: the server would tell
 * later, in words of its own, or not at all (vdi-facts M7 and M8).
 */
final class Preflight {

    /** Up to this size of transfers, SQL Server compressed no encrypted pages before 2019. */
    private static final int SMALL_TRANSFER = 65536;

    private static final int SQL_SERVER_2019 = 15;
    private static final int SQL_SERVER_2022 = 16;
    private static final int SQL_SERVER_2025 = 17;

    private static final Pattern SMALL_EDITION = Pattern.compile("^(Express|Web)\\b");

    /** Those with all there is. */
    private static final Pattern LARGE_EDITION =
            Pattern.compile("^(Enterprise|Developer|Evaluation)\\b");

    /** Those that have transparent data encryption since SQL Server 2019. */
    private static final Pattern MIDDLE_EDITION = Pattern.compile("^(Standard|Web)\\b");

    private Preflight() {}

    /** Whether the session may use virtual devices at all, from here. */
    static void server(String name, ServerFacts facts) throws JobException {
        if (!facts.sysadmin()) {
            throw new JobException(Told.of("refused.sysadmin", facts.login(), name));
        }
        here(name, facts);
    }

    /** Whether the server runs on this machine. */
    static void here(String name, ServerFacts facts) throws JobException {
        // this machine's names are looked up only where there is something to compare them with
        if (facts.serverAddress() != null) {
            Whereabouts.ofThisMachine().requireHere(name, facts);
        }
    }

    /** Whether the database can be backed up in this way, by this server. */
    static void backup(BackupRequest request, DatabaseInfo database, ServerFacts facts)
            throws JobException {
        requireCompression(request.options().compression(), facts);
        requireState(request.options().tail(), database);
        Optional<Told> refusal = TypeRule.refusal(request.type(), database);
        if (refusal.isPresent()) {
            throw new JobException(About.TYPE, refusal.get());
        }
    }

    private static void requireState(TailLog tail, DatabaseInfo database) throws JobException {
        boolean possible =
                switch (database.state()) {
                    case ONLINE -> true;
                    case SUSPECT, RECOVERY_PENDING, RECOVERING -> tail.noTruncate();
                    case RESTORING, STANDBY, OFFLINE, EMERGENCY, UNKNOWN -> false;
                };
        if (possible) {
            return;
        }
        Told state = Databases.inWords(database.state());
        throw new JobException(
                tail.noTruncate()
                        ? Told.of("refused.tailState", database.name(), state)
                        : Told.of("refused.notOnline", database.name(), state));
    }

    /** What the user should know of a backup that is about to be taken. */
    static List<Told> notes(BackupRequest request, DatabaseInfo database, ServerFacts facts) {
        List<Told> notes = new ArrayList<>();
        if (database.encrypted()) {
            notes.add(Told.of("note.encrypted", database.name()));
        }
        boolean small = request.options().transfer().maxTransferSize() <= SMALL_TRANSFER;
        if (database.encrypted()
                && compresses(request.options().compression())
                && small
                && facts.majorVersion() < SQL_SERVER_2019) {
            notes.add(Told.of("note.smallTransfer", String.valueOf(SMALL_TRANSFER)));
        }
        if (request.options().tail().noRecovery()) {
            notes.add(Told.of("note.leavesRestoring", database.name()));
        }
        return notes;
    }

    private static boolean compresses(Compression compression) {
        return compression instanceof Compression.On || compression instanceof Compression.With;
    }

    /** Editions and versions differ in what they compress with. */
    private static void requireCompression(Compression compression, ServerFacts facts)
            throws JobException {
        if (compresses(compression) && SMALL_EDITION.matcher(facts.edition()).find()) {
            throw new JobException(
                    About.COMPRESSION, Told.of("refused.compression", facts.edition()));
        }
        if (compression instanceof Compression.With with && facts.majorVersion() < since(with)) {
            throw new JobException(
                    About.COMPRESSION,
                    Told.of("refused.algorithm", with.algorithm(), since(with), facts.version()));
        }
    }

    /**
     * Refuses an encrypted database where the edition has no transparent data encryption: the
     * server would copy all of it, and then not open it (message 33117). By Microsoft's tables of
     * the editions, up to SQL Server 2022.
     *
     * @param set holds the encrypted database
     * @return what should be known where the edition is none of those, in a sentence
     */
    static Optional<Told> encryption(Path set, ServerFacts facts) throws JobException {
        String edition = facts.edition();
        int version = facts.majorVersion();
        boolean middle = MIDDLE_EDITION.matcher(edition).find();
        boolean known = version > 0 && version < SQL_SERVER_2025;
        boolean small = edition.startsWith("Express") && known;
        if (small || (middle && known && version < SQL_SERVER_2019)) {
            throw new JobException(Told.of("refused.tde", set, edition, facts.version()));
        }
        return LARGE_EDITION.matcher(edition).find() || (middle && version >= SQL_SERVER_2019)
                ? Optional.empty()
                : Optional.of(Told.of("note.tdeUnknown", set, edition, facts.version()));
    }

    /** The first version with an algorithm and a level. */
    private static int since(Compression.With with) {
        boolean newest =
                with.algorithm() == Compression.Algorithm.ZSTD
                        || with.level() != Compression.Level.DEFAULT;
        return newest ? SQL_SERVER_2025 : SQL_SERVER_2022;
    }

    /** Whether the buffers fit into this machine's memory, which is the server's. */
    static void memory(TransferOptions transfer) throws JobException {
        memory(transfer, BufferMemory.ofMachine());
    }

    /** As the other, for a machine with so many bytes of memory. */
    static void memory(TransferOptions transfer, long memory) throws JobException {
        long needed = BufferMemory.needed(transfer);
        if (needed > memory / 2) {
            throw new JobException(
                    About.BUFFERS,
                    Told.of(
                            "refused.memory",
                            String.valueOf(transfer.bufferCount()),
                            String.valueOf(BufferMemory.size(transfer)),
                            new Told.Bytes(needed),
                            new Told.Bytes(memory)));
        }
    }
}
