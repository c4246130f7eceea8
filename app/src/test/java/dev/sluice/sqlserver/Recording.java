package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfInspector;
import dev.sluice.media.mtf.RealBackups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Backup sets that SQL Server wrote once. */
final class Recording {

    /** The only BLOCKSIZE that all streams are whole blocks of. */
    static final int BLOCK_SIZE = 512;

    /** The name of the {@link #chain()}'s database; its files are spelt otherwise. */
    static final String CHAIN = "DBWithoutOwner";

    /** The name of the {@link #stripedChain()}'s database. */
    static final String STRIPED = "RestoreTimeStripe";

    /** The name of the {@link #plainChain()}'s database. */
    static final String PLAIN = "doublediff";

    /** Backups of one database; a restore may use the full one, then any chain of the others. */
    static List<ServerBackup> chain() {
        return based(
                of("checksum-full.bak"),
                of("checksum-diff.bak"),
                of("checksum-log-1.trn"),
                of("checksum-log-2.trn"));
    }

    /** Backups of another, on two devices. */
    static List<ServerBackup> stripedChain() {
        return List.of(
                of("striped-1of2.bak", "striped-2of2.bak"),
                of("striped-log-1of2.trn", "striped-log-2of2.trn"));
    }

    /** Backups of a third, without checksums. */
    static List<ServerBackup> plainChain() {
        return based(of("difftest-full.bak"), of("difftest-diff1.bak"));
    }

    private Recording() {}

    private static ServerBackup of(String... files) {
        try {
            List<byte[]> stripes = new ArrayList<>();
            for (String file : files) {
                stripes.add(Files.readAllBytes(RealBackups.file(file)));
            }
            Path first = RealBackups.file(files[0]);
            BackupHeader header = Objects.requireNonNull(MtfInspector.inspect(first).header());
            return new ServerBackup(files[0], header, stripes, BLOCK_SIZE, facts(header), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recordings have GUIDs, but where is not known: these are as good. */
    private static ServerBackup.Facts facts(BackupHeader header) {
        UUID family = ServerDatabase.familyOf(header.database());
        return new ServerBackup.Facts(
                header.media().mediaSet(),
                family,
                ServerBackup.Forks.one(ServerDatabase.firstFork(family)),
                null,
                false,
                false,
                false,
                false,
                false,
                "FULL",
                "",
                header.files().stream()
                        .filter(file -> !ServerBackup.isLog(file))
                        .map(BackupHeader.DatabaseFile::logicalName)
                        .collect(Collectors.toSet()),
                Set.of(),
                "");
    }

    /** A differential backup is based on the full one before it. */
    private static List<ServerBackup> based(ServerBackup full, ServerBackup... others) {
        List<ServerBackup> chain = new ArrayList<>(List.of(full));
        for (ServerBackup other : others) {
            chain.add(
                    other.kind().isDifferential()
                            ? other.basedOn(
                                    new ServerBackup.Base(
                                            full.header().lsns().first(), full.facts().guid()))
                            : other);
        }
        return chain;
    }
}
