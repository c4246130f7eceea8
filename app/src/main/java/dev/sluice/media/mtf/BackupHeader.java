package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/**
 * What a stripe says about itself and the backup set it belongs to: given to the writer, returned
 * by the reader. Texts are empty where the stream has none.
 *
 * @param media the media family the stripe is
 * @param set the backup set's labels
 * @param kind full, differential, log, or one of a part of the database
 * @param database name of the database
 * @param server server name, with the instance
 * @param version version of the server that wrote it
 * @param compatibilityLevel compatibility level of the database, 0 to 255
 * @param internalVersion internal version of the database, 0 to 65535
 * @param size size of the backup set in bytes over all families: an estimate while it is written
 * @param checksums taken WITH CHECKSUM
 * @param lsns the four LSNs
 * @param times the three dates
 * @param filegroups names of the filegroups
 * @param files the files of the database, data and log
 */
public record BackupHeader(
        Media media,
        SetLabel set,
        BackupKind kind,
        String database,
        String server,
        ServerVersion version,
        int compatibilityLevel,
        int internalVersion,
        long size,
        boolean checksums,
        Lsns lsns,
        Times times,
        List<Filegroup> filegroups,
        List<DatabaseFile> files) {

    /** Takes copies of the lists. */
    public BackupHeader {
        filegroups = List.copyOf(filegroups);
        files = List.copyOf(files);
    }

    /**
     * A media family: one stripe of a media set.
     *
     * @param mediaSet the same for all stripes written together
     * @param families number of stripes, 1 to 64
     * @param family number of this stripe, from 1
     * @param name media name, or empty
     * @param description media description, or empty
     * @param software name of the program that wrote the stripe
     */
    public record Media(
            UUID mediaSet,
            int families,
            int family,
            String name,
            String description,
            String software) {

        /** The same media set, another family. */
        public Media withFamily(int other) {
            return new Media(mediaSet, families, other, name, description, software);
        }
    }

    /**
     * Labels of a backup set.
     *
     * @param position number of the set on the media, from 1
     * @param name set name, or empty
     * @param description set description, or empty
     * @param user who took the backup, or empty
     * @param machine machine the server ran on
     */
    public record SetLabel(
            int position, String name, String description, String user, String machine) {}

    /**
     * Version of the server.
     *
     * @param major 0 to 255
     * @param minor 0 to 255
     * @param build 0 to 65535
     */
    public record ServerVersion(int major, int minor, int build) {
        @Override
        public String toString() {
            return major + "." + minor + "." + build;
        }
    }

    /**
     * The LSNs of a backup set, as in msdb..backupset.
     *
     * @param first of the oldest log record in it
     * @param last of the record after the newest
     * @param checkpoint where a restore starts to redo
     * @param databaseBackup of the full backup it is based on
     */
    public record Lsns(Lsn first, Lsn last, Lsn checkpoint, Lsn databaseBackup) {}

    /**
     * Dates, in the local time of the server, to the second.
     *
     * @param databaseCreated creation of the database
     * @param start start of the backup
     * @param finish end of the backup, null while it is written
     */
    public record Times(
            @Nullable LocalDateTime databaseCreated,
            @Nullable LocalDateTime start,
            @Nullable LocalDateTime finish) {}

    /**
     * A filegroup.
     *
     * @param id from 1
     * @param name such as PRIMARY
     */
    public record Filegroup(int id, String name) {}

    /**
     * A file of the database.
     *
     * @param id file id, from 1
     * @param type data or log
     * @param filegroup id of its filegroup, 0 for a log file
     * @param pages pages of this file in the backup, over all families
     * @param logicalName logical file name
     * @param physicalPath path on the server
     */
    public record DatabaseFile(
            int id, Type type, int filegroup, long pages, String logicalName, String physicalPath) {

        /** What a file holds, by the number on tape. */
        public enum Type {
            /** Pages. */
            DATA(1),
            /** Transaction log. */
            LOG(2),
            /** A number we do not know. */
            UNKNOWN(0);

            private final int number;

            Type(int number) {
                this.number = number;
            }

            /** The number on tape. */
            public int number() {
                return number;
            }

            /** The type with this number, {@link #UNKNOWN} for any other. */
            public static Type of(int number) {
                for (Type type : values()) {
                    if (type.number == number) {
                        return type;
                    }
                }
                return UNKNOWN;
            }
        }
    }

    /** The same header for another family of the media set. */
    public BackupHeader withFamily(int family) {
        return new BackupHeader(
                media.withFamily(family),
                set,
                kind,
                database,
                server,
                version,
                compatibilityLevel,
                internalVersion,
                size,
                checksums,
                lsns,
                times,
                filegroups,
                files);
    }

    /** The same header with the values known at the end. */
    public BackupHeader finished(
            long finalSize, Lsns finalLsns, LocalDateTime finish, List<DatabaseFile> finalFiles) {
        return new BackupHeader(
                media,
                set,
                kind,
                database,
                server,
                version,
                compatibilityLevel,
                internalVersion,
                finalSize,
                checksums,
                finalLsns,
                new Times(times.databaseCreated(), times.start(), finish),
                filegroups,
                finalFiles);
    }
}
