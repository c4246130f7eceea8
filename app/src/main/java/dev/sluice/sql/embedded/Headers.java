package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.Lsn;
import dev.sluice.media.mtf.PageLayout;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.ServerFacts;

import java.util.List;
import java.util.UUID;

/** Makes the headers that the embedded server's streams carry. */
final class Headers {

    /** The server's name in streams and results. */
    static final String SERVER = "embedded";

    private static final String SOFTWARE = "Sluice embedded server";
    private static final String FILEGROUP = "PRIMARY";

    // H2's own: version 2.5.252, format 3
    private static final BackupHeader.ServerVersion VERSION =
            new BackupHeader.ServerVersion(2, 5, 252);
    private static final int COMPATIBILITY_LEVEL = 25;
    private static final int INTERNAL_VERSION = 3;

    private Headers() {}

    /** What the server tells about itself: it has no network, and everybody may do everything. */
    static ServerFacts facts() {
        return new ServerFacts(
                SERVER,
                null,
                "%d.%d.%d".formatted(VERSION.major(), VERSION.minor(), VERSION.build()),
                SOFTWARE,
                System.getProperty("user.name", ""),
                true,
                null,
                null,
                null,
                null);
    }

    /** The header as far as it is known at the start; page count and size are what a full needs. */
    static BackupHeader of(
            BackupStatement statement, DatabaseEntry entry, UUID mediaSet, ImageHeader image) {
        long pages = ImageHeader.pages(image.length());
        BackupStatement.Options options = statement.options();
        return new BackupHeader(
                new BackupHeader.Media(mediaSet, statement.devices().size(), 1, "", "", SOFTWARE),
                new BackupHeader.SetLabel(
                        1,
                        options.name(),
                        options.description(),
                        System.getProperty("user.name", ""),
                        SERVER),
                statement.type() == BackupType.DIFFERENTIAL
                        ? BackupKind.DIFFERENTIAL
                        : BackupKind.DATABASE,
                entry.name(),
                SERVER,
                VERSION,
                COMPATIBILITY_LEVEL,
                INTERNAL_VERSION,
                pages * PageLayout.SIZE,
                options.checksum(),
                lsns(image),
                new BackupHeader.Times(entry.created(), ServerClock.now(), null),
                List.of(new BackupHeader.Filegroup(1, FILEGROUP)),
                files(entry, pages));
    }

    private static BackupHeader.Lsns lsns(ImageHeader image) {
        Lsn at = Lsns.of(image.version());
        return new BackupHeader.Lsns(at, at, at, Lsns.of(image.base().version()));
    }

    private static List<BackupHeader.DatabaseFile> files(DatabaseEntry entry, long pages) {
        return List.of(
                new BackupHeader.DatabaseFile(
                        ImageHeader.FILE,
                        BackupHeader.DatabaseFile.Type.DATA,
                        1,
                        pages,
                        entry.name(),
                        entry.dataFile()));
    }

    /** The header with what is known at the end. */
    static BackupHeader finished(BackupHeader header, long bytes, long pages) {
        BackupHeader.DatabaseFile file = header.files().getFirst();
        return header.finished(
                bytes,
                header.lsns(),
                ServerClock.now(),
                List.of(
                        new BackupHeader.DatabaseFile(
                                file.id(),
                                file.type(),
                                file.filegroup(),
                                pages,
                                file.logicalName(),
                                file.physicalPath())));
    }
}
