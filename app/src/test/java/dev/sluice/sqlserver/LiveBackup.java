package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupHeader.DatabaseFile;
import dev.sluice.media.mtf.BackupHeader.Filegroup;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.Lsn;
import dev.sluice.media.mtf.PageLayout;
import dev.sluice.media.mtf.ServerStream;
import dev.sluice.sql.DatabaseInfo.State;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;

/** Makes a backup of a live database: streams of tape format, of its pages and its log. */
final class LiveBackup {

    private static final int COMPATIBILITY = 160;
    private static final int INTERNAL_VERSION = 957;
    private static final int DEFAULT_BLOCK_SIZE = 512;
    private static final int SECTOR = 512;

    /** How a stream that SQL Server compressed begins. */
    private static final byte[] COMPRESSED = "MSSQLBAK".getBytes(StandardCharsets.US_ASCII);

    private final ServerDatabase database;
    private final ServerLog log;
    private final BackupKind kind;
    private final Order.Backup order;
    private final Set<String> selected;
    private final int blockSize;

    LiveBackup(ServerDatabase database, BackupKind kind, Order.Backup order, Set<String> selected) {
        this.database = database;
        this.log = database.live();
        this.kind = kind;
        this.order = order;
        this.selected = kind == BackupKind.LOG ? Set.of() : selected;
        this.blockSize =
                order.sizes().blockSize() == 0 ? DEFAULT_BLOCK_SIZE : order.sizes().blockSize();
    }

    ServerBackup make() {
        LocalDateTime start = log.now();
        BackupHeader.Lsns lsns = lsns();
        Map<String, Map<Integer, ServerFile.Page>> pages = pages();
        List<ServerLog.Change> changes = log.between(lsns.first(), lsns.last());
        BackupHeader header = header(lsns, start, pages);
        List<byte[]> stripes = stripes(header, start.plusSeconds(10), pages, changes);
        long size = stripes.stream().mapToLong(stripe -> stripe.length).sum();
        return new ServerBackup(
                "%s of %s at %s".formatted(kind, database.name, start),
                header.finished(size, lsns, start.plusSeconds(10), header.files()),
                stripes,
                blockSize,
                facts(changes),
                new ServerBackup.Contents(pages, changes));
    }

    /** A backup of data begins with a checkpoint. */
    private BackupHeader.Lsns lsns() {
        Lsn begin = log.advance();
        return kind == BackupKind.LOG
                ? new BackupHeader.Lsns(
                        database.backedUpTo,
                        log.next(),
                        database.checkpoint,
                        database.fullCheckpoint)
                : new BackupHeader.Lsns(begin, log.next(), begin, database.fullCheckpoint);
    }

    private Map<String, Map<Integer, ServerFile.Page>> pages() {
        Map<String, Map<Integer, ServerFile.Page>> pages = new LinkedHashMap<>();
        for (String name : selected) {
            ServerFile file = database.file(name);
            pages.put(
                    name,
                    kind.isDifferential()
                            ? ServerDatabase.changed(file)
                            : new TreeMap<>(file.pages));
        }
        return pages;
    }

    private BackupHeader header(
            BackupHeader.Lsns lsns,
            LocalDateTime start,
            Map<String, Map<Integer, ServerFile.Page>> pages) {
        List<String> groups =
                database.dataFiles()
                        .map(file -> String.valueOf(file.filegroup))
                        .distinct()
                        .toList();
        return new BackupHeader(
                new BackupHeader.Media(
                        UUID.randomUUID(),
                        order.devices().size(),
                        1,
                        "",
                        "",
                        "Microsoft SQL Server"),
                new BackupHeader.SetLabel(1, order.name(), order.description(), "sluice", "double"),
                kind,
                database.name,
                "double",
                database.version,
                COMPATIBILITY,
                INTERNAL_VERSION,
                0,
                order.has("CHECKSUM"),
                lsns,
                new BackupHeader.Times(LocalDateTime.of(2026, 1, 10, 8, 0), start, null),
                groups.stream()
                        .map(group -> new Filegroup(groups.indexOf(group) + 1, group))
                        .toList(),
                database.files.values().stream()
                        .map(
                                file ->
                                        new DatabaseFile(
                                                file.id,
                                                file.isLog()
                                                        ? DatabaseFile.Type.LOG
                                                        : DatabaseFile.Type.DATA,
                                                file.isLog()
                                                        ? 0
                                                        : groups.indexOf(file.filegroup) + 1,
                                                pages.getOrDefault(file.name, Map.of()).size(),
                                                file.name,
                                                file.path))
                        .toList());
    }

    private ServerBackup.Facts facts(List<ServerLog.Change> changes) {
        return new ServerBackup.Facts(
                UUID.randomUUID(),
                database.family,
                kind == BackupKind.LOG
                        ? database.forks
                        : ServerBackup.Forks.one(database.forks.last()),
                base(),
                order.has("COPY_ONLY") || order.has("NO_TRUNCATE"),
                order.has("NORECOVERY"),
                database.state != State.ONLINE,
                kind == BackupKind.LOG && database.backedUpTo.equals(database.fullCheckpoint),
                kind == BackupKind.LOG && changes.stream().anyMatch(ServerLog.Change::bulk),
                database.recoveryModel,
                order.compression(),
                selected,
                database.dataFiles()
                        .filter(file -> file.readOnlySince != null)
                        .map(file -> file.name)
                        .collect(Collectors.toSet()),
                database.encryptedBy);
    }

    private ServerBackup.@Nullable Base base() {
        if (!kind.isDifferential()) {
            return null;
        }
        List<ServerBackup.Base> bases =
                selected.stream().map(name -> database.file(name).base).distinct().toList();
        if (bases.size() > 1) {
            throw new AssertionError("the double knows no differential backups of several bases");
        }
        return bases.getFirst();
    }

    // ---- streams

    /** The pages are dealt to the stripes; the first has the log. */
    private List<byte[]> stripes(
            BackupHeader header,
            LocalDateTime finish,
            Map<String, Map<Integer, ServerFile.Page>> pages,
            List<ServerLog.Change> changes) {
        List<byte[]> formed = new ArrayList<>();
        pages.forEach(
                (file, held) ->
                        held.forEach(
                                (number, page) ->
                                        formed.add(page(database.file(file).id, number, page))));
        int families = order.devices().size();
        List<byte[]> stripes = new ArrayList<>();
        for (int family = 0; family < families; family++) {
            List<byte[]> dealt = new ArrayList<>();
            for (int i = family; i < formed.size(); i += families) {
                dealt.add(formed.get(i));
            }
            BackupHeader own = header.withFamily(family + 1);
            stripes.add(
                    compressed(
                            ServerStream.write(
                                    own,
                                    own.finished(0, own.lsns(), finish, own.files()),
                                    dealt,
                                    family == 0 ? records(changes) : new byte[0],
                                    blockSize)));
        }
        return stripes;
    }

    /** Its text, then bytes that do not compress. */
    private static byte[] page(int file, int number, ServerFile.Page page) {
        byte[] formed = new byte[PageLayout.SIZE];
        ByteBuffer buffer = ByteBuffer.wrap(formed);
        PageLayout.writeHeader(buffer, 0, 1, file, number, page.lsn());
        buffer.position(PageLayout.HEADER).put(page.text().getBytes(StandardCharsets.UTF_8));
        SplittableRandom random = new SplittableRandom(page.text().hashCode());
        while (buffer.remaining() >= Long.BYTES) {
            buffer.putLong(random.nextLong());
        }
        return formed;
    }

    /** A sector for each. */
    private static byte[] records(List<ServerLog.Change> changes) {
        ByteBuffer records = ByteBuffer.allocate(SECTOR * (changes.size() + 1));
        for (int i = 0; i < changes.size(); i++) {
            records.position(SECTOR * i)
                    .put(changes.get(i).toString().getBytes(StandardCharsets.UTF_8));
        }
        return records.array();
    }

    /** What is in the container, only SQL Server knows; it begins with its magic. */
    private byte[] compressed(byte[] stream) {
        if (order.compression().isEmpty()) {
            return stream;
        }
        ByteArrayOutputStream container = new ByteArrayOutputStream();
        container.writeBytes(COMPRESSED);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(container)) {
            deflater.write(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int blocks = (container.size() + blockSize - 1) / blockSize;
        return Arrays.copyOf(container.toByteArray(), blocks * blockSize);
    }
}
