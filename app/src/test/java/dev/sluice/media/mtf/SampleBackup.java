package dev.sluice.media.mtf;

import dev.sluice.media.mtf.BackupHeader.DatabaseFile;
import dev.sluice.media.mtf.BackupHeader.Filegroup;
import dev.sluice.media.mtf.BackupHeader.Lsns;
import dev.sluice.media.mtf.BackupHeader.Media;
import dev.sluice.media.mtf.BackupHeader.ServerVersion;
import dev.sluice.media.mtf.BackupHeader.SetLabel;
import dev.sluice.media.mtf.BackupHeader.Times;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** A small backup for tests: its header, its pages, and the stream of one of its families. */
final class SampleBackup {

    static final LocalDateTime START = LocalDateTime.of(2017, 12, 15, 12, 46, 53);
    static final LocalDateTime FINISH = LocalDateTime.of(2017, 12, 15, 12, 47, 1);
    static final UUID MEDIA_SET = UUID.fromString("dba99816-9a6c-4ab6-b68c-76b2a726823d");

    private SampleBackup() {}

    static BackupHeader header(int families, int family, boolean checksums) {
        return new BackupHeader(
                new Media(MEDIA_SET, families, family, "media", "", "Sluice"),
                new SetLabel(1, "nightly", "all of it", "SRV\\dba", "SRV"),
                BackupKind.DATABASE,
                "Müller's [db]",
                "SRV\\ONE",
                new ServerVersion(16, 0, 1000),
                160,
                957,
                1_000_000,
                checksums,
                new Lsns(new Lsn(20, 74, 170), Lsn.ZERO, new Lsn(20, 74, 170), Lsn.ZERO),
                new Times(START.minusYears(1), START, null),
                List.of(new Filegroup(1, "PRIMARY"), new Filegroup(2, "archive")),
                List.of(
                        file(1, DatabaseFile.Type.DATA, 1, 40),
                        file(2, DatabaseFile.Type.LOG, 0, 0),
                        file(3, DatabaseFile.Type.DATA, 2, 8)));
    }

    private static DatabaseFile file(int id, DatabaseFile.Type type, int group, long pages) {
        return new DatabaseFile(id, type, group, pages, "file" + id, "/var/opt/file" + id);
    }

    static BackupHeader finished(BackupHeader header) {
        Lsns last =
                new Lsns(
                        header.lsns().first(),
                        new Lsn(20, 144, 1),
                        header.lsns().checkpoint(),
                        Lsn.ZERO);
        return header.finished(1_234_567, last, FINISH, header.files().subList(0, 2));
    }

    static BackupHeader withDatabase(BackupHeader header, String database) {
        return with(header, header.kind(), database, header.files());
    }

    static BackupHeader withKind(BackupHeader header, BackupKind kind) {
        return with(header, kind, header.database(), header.files());
    }

    static BackupHeader withFiles(BackupHeader header, List<DatabaseFile> files) {
        return with(header, header.kind(), header.database(), files);
    }

    private static BackupHeader with(
            BackupHeader header, BackupKind kind, String database, List<DatabaseFile> files) {
        return new BackupHeader(
                header.media(),
                header.set(),
                kind,
                database,
                header.server(),
                header.version(),
                header.compatibilityLevel(),
                header.internalVersion(),
                header.size(),
                header.checksums(),
                header.lsns(),
                header.times(),
                header.filegroups(),
                files);
    }

    /** A sealed page with contents that depend on its number only. */
    static ByteBuffer page(int number) {
        ByteBuffer page = ByteBuffer.allocate(PageLayout.SIZE);
        SplittableRandom random = new SplittableRandom(number);
        for (int i = 0; i < PageLayout.SIZE; i += Long.BYTES) {
            page.putLong(i, random.nextLong());
        }
        PageLayout.writeHeader(page, 0, 1, 1, number, new Lsn(20, 100, number & 0xFFFF));
        PageChecksum.seal(page, 0);
        return page;
    }

    /** A stream of pieces with the given numbers of pages, numbered from 0. */
    static byte[] stream(BackupHeader header, int blockSize, int... pieces) {
        MtfWriter writer = new MtfWriter(header, blockSize);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        append(out, writer.prologue());
        int page = 0;
        for (int pages : pieces) {
            append(out, piece(writer, page, pages));
            page += pages;
        }
        append(out, writer.epilogue(finished(header)));
        return out.toByteArray();
    }

    /** As a transfer buffer would hold it: direct, big endian, not at its start. */
    private static ByteBuffer piece(MtfWriter writer, int first, int pages) {
        int offset = 4096;
        ByteBuffer buffer = ByteBuffer.allocateDirect(offset + (1 + pages) * MtfWriter.SLOT);
        writer.beginPiece(buffer, offset, pages);
        for (int i = 0; i < pages; i++) {
            int at = offset + (1 + i) * MtfWriter.SLOT;
            buffer.put(at, page(first + i), 0, PageLayout.SIZE);
            writer.sealPage(buffer, at);
        }
        return buffer.position(offset);
    }

    private static void append(ByteArrayOutputStream out, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
    }
}
