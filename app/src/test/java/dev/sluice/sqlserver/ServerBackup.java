package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.Lsn;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A backup set as the server knows it, recorded once or made by the double.
 *
 * @param name for people
 * @param header of its first stripe, as it is known at the end
 * @param stripes one stream for each device, each of whole blocks
 * @param blockSize BLOCKSIZE it was written with
 * @param facts what is known of it besides
 * @param contents what is in it; null for one that was recorded, whose bytes are all that is known
 */
record ServerBackup(
        String name,
        BackupHeader header,
        List<byte[]> stripes,
        int blockSize,
        Facts facts,
        @Nullable Contents contents) {

    /**
     * What RESTORE HEADERONLY tells of a set, and its header on the medium does not, as far as that
     * is known.
     *
     * @param guid BackupSetGUID
     * @param family FamilyGUID: the database, for life
     * @param forks recovery forks
     * @param base what a differential backup is based on; null for others
     * @param copyOnly COPY_ONLY
     * @param tail NORECOVERY
     * @param damaged taken of a damaged database
     * @param beginsLogChain the first log backup of a chain
     * @param bulkLogged a log backup that holds bulk-logged changes
     * @param recoveryModel of the database
     * @param compression the algorithm, such as ZSTD; empty for none
     * @param present logical names of the files that are in it
     * @param readOnly logical names of the files that nobody can write
     * @param encryptedBy thumbprint of the certificate that the database is encrypted by (TDE);
     *     empty for one that is not
     */
    record Facts(
            UUID guid,
            UUID family,
            Forks forks,
            @Nullable Base base,
            boolean copyOnly,
            boolean tail,
            boolean damaged,
            boolean beginsLogChain,
            boolean bulkLogged,
            String recoveryModel,
            String compression,
            Set<String> present,
            Set<String> readOnly,
            String encryptedBy) {}

    /**
     * The forks of the log it is of.
     *
     * @param point where the one became the other; null when it did not
     */
    record Forks(UUID first, UUID last, @Nullable Lsn point) {

        static Forks one(UUID fork) {
            return new Forks(fork, fork, null);
        }
    }

    /** The base of a differential backup: its first LSN, and its set's GUID. */
    record Base(Lsn lsn, UUID guid) {}

    /**
     * What is in a backup set.
     *
     * @param pages of each file, by its logical name: all, or those that have changed
     * @param changes the log
     */
    record Contents(
            Map<String, Map<Integer, ServerFile.Page>> pages, List<ServerLog.Change> changes) {}

    ServerBackup basedOn(Base base) {
        Facts changed =
                new Facts(
                        facts.guid,
                        facts.family,
                        facts.forks,
                        base,
                        facts.copyOnly,
                        facts.tail,
                        facts.damaged,
                        facts.beginsLogChain,
                        facts.bulkLogged,
                        facts.recoveryModel,
                        facts.compression,
                        facts.present,
                        facts.readOnly,
                        facts.encryptedBy);
        return new ServerBackup(name, header, stripes, blockSize, changed, contents);
    }

    BackupKind kind() {
        return header.kind();
    }

    boolean isLog() {
        return kind() == BackupKind.LOG;
    }

    /** Bytes of all stripes. */
    long size() {
        return stripes.stream().mapToLong(stripe -> stripe.length).sum();
    }

    /** Pages of data and of log, as messages 4035 and 3014 count them. */
    long pages() {
        return present().stream().mapToLong(BackupHeader.DatabaseFile::pages).sum();
    }

    /** The files that are in it, and then the log. */
    List<BackupHeader.DatabaseFile> present() {
        return header.files().stream()
                .filter(this::has)
                .sorted(Comparator.comparing(ServerBackup::isLog))
                .toList();
    }

    boolean has(BackupHeader.DatabaseFile file) {
        return isLog(file) || facts.present.contains(file.logicalName());
    }

    static boolean isLog(BackupHeader.DatabaseFile file) {
        return file.type() == BackupHeader.DatabaseFile.Type.LOG;
    }

    /** The name of a file's filegroup; null for the log. */
    @Nullable String filegroup(BackupHeader.DatabaseFile file) {
        return header.filegroups().stream()
                .filter(group -> group.id() == file.filegroup())
                .map(BackupHeader.Filegroup::name)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return name;
    }

    /** There is one object for each; what it holds is big. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ServerBackup backup && backup.facts.guid.equals(facts.guid);
    }

    @Override
    public int hashCode() {
        return facts.guid.hashCode();
    }
}
