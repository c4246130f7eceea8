package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.MtfInspector;
import dev.sluice.media.mtf.RealBackups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A backup set that SQL Server wrote once.
 *
 * @param name for people
 * @param header of its first stripe
 * @param stripes one stream for each device, each of whole blocks of 512 bytes
 */
record Recording(String name, BackupHeader header, List<byte[]> stripes) {

    /** The only BLOCKSIZE that all streams are whole blocks of. */
    static final int BLOCK_SIZE = 512;

    /** The name of the {@link #chain()}'s database; its files are spelt otherwise. */
    static final String CHAIN = "DBWithoutOwner";

    /** The name of the {@link #stripedChain()}'s database. */
    static final String STRIPED = "RestoreTimeStripe";

    /** The name of the {@link #plainChain()}'s database. */
    static final String PLAIN = "doublediff";

    /** Backups of one database; a restore may use the full one, then any chain of the others. */
    static List<Recording> chain() {
        return List.of(
                of("checksum-full.bak"),
                of("checksum-diff.bak"),
                of("checksum-log-1.trn"),
                of("checksum-log-2.trn"));
    }

    /** Backups of another, on two devices. */
    static List<Recording> stripedChain() {
        return List.of(
                of("striped-1of2.bak", "striped-2of2.bak"),
                of("striped-log-1of2.trn", "striped-log-2of2.trn"));
    }

    /** Backups of a third, without checksums. */
    static List<Recording> plainChain() {
        return List.of(of("difftest-full.bak"), of("difftest-diff1.bak"));
    }

    private static Recording of(String... files) {
        try {
            List<byte[]> stripes = new ArrayList<>();
            for (String file : files) {
                stripes.add(Files.readAllBytes(RealBackups.file(file)));
            }
            Path first = RealBackups.file(files[0]);
            BackupHeader header = Objects.requireNonNull(MtfInspector.inspect(first).header());
            return new Recording(files[0], header, stripes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BackupKind kind() {
        return header.kind();
    }

    /** Bytes of all stripes. */
    long size() {
        return stripes.stream().mapToLong(stripe -> stripe.length).sum();
    }

    /** Pages of data and of log, as messages 4035 and 3014 count them. */
    long pages() {
        return header.files().stream().mapToLong(BackupHeader.DatabaseFile::pages).sum();
    }

    @Override
    public String toString() {
        return name;
    }

    /** There is one object for each; what it holds is big. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Recording recording && recording.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
