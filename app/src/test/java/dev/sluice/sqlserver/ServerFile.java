package dev.sluice.sqlserver;

import dev.sluice.media.mtf.Lsn;

import org.jspecify.annotations.Nullable;

import java.util.SortedMap;
import java.util.TreeMap;

/** A file of a {@link ServerDatabase}, data or log. */
final class ServerFile {

    /** The states of sys.database_files that the double knows, with their numbers. */
    enum State {
        ONLINE(0),
        RESTORING(1),
        RECOVERY_PENDING(3);

        final int number;

        State(int number) {
            this.number = number;
        }
    }

    /** What a page holds, and when that was written. */
    record Page(String text, Lsn lsn) {}

    final int id;
    final String name;

    /** The name of its filegroup; null for the log. */
    final @Nullable String filegroup;

    String path;
    State state = State.ONLINE;

    /** Nobody can write it since this LSN; null for one that can be written. */
    @Nullable Lsn readOnlySince;

    /** What it holds; empty where that is not known. */
    final SortedMap<Integer, Page> pages = new TreeMap<>();

    /** What the next differential backup of it is based on, or the next differential restore. */
    ServerBackup.@Nullable Base base;

    /** While it is being restored: the log must go on from here. */
    Lsn reached = Lsn.ZERO;

    /** While it is being restored, and the database is in use: the log must come so far. */
    Lsn wanted = Lsn.ZERO;

    ServerFile(int id, String name, @Nullable String filegroup, String path) {
        this.id = id;
        this.name = name;
        this.filegroup = filegroup;
        this.path = path;
    }

    boolean isLog() {
        return filegroup == null;
    }

    boolean isPrimary() {
        return ServerDatabase.PRIMARY.equals(filegroup);
    }
}
