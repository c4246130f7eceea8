package dev.sluice.job;

import dev.sluice.media.BackupSet;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One set of a restore: what is known of it, and the statement it gets. Filled in by one leg of the
 * job after the other; the folder and the set may be asked for from any thread.
 */
final class RestoreStep {

    /** A message every so many percent. */
    private static final int STATS = 5;

    private final RestoreRequest request;
    private final int index;
    private volatile @Nullable BackupSet set;
    private @Nullable BackupContents contents;
    private List<BackupFile> files = List.of();
    private Set<String> databaseKeys = Set.of();
    private List<Move> moves;
    private boolean replaces;

    /**
     * @param index of its set in the request
     */
    RestoreStep(RestoreRequest request, int index) {
        this.request = request;
        this.index = index;
        // as long as nothing else is known
        this.moves = index == 0 ? request.options().moves() : List.of();
    }

    Path folder() {
        return request.sets().get(index);
    }

    boolean isFirst() {
        return index == 0;
    }

    boolean isLast() {
        return index == request.sets().size() - 1;
    }

    void set(BackupSet opened) {
        set = opened;
    }

    /** Null before it was opened. */
    @Nullable BackupSet set() {
        return set;
    }

    /** The set, once it was opened. */
    BackupSet opened() {
        return Objects.requireNonNull(set, "the sets are opened before anything is done");
    }

    BackupType type() {
        return opened().manifest().type();
    }

    /** What the server said about the set. */
    void contents(BackupContents told) {
        contents = told;
    }

    /** What the server said, once it was asked. */
    BackupContents contents() {
        return Objects.requireNonNull(contents, "the server is asked before anything is done");
    }

    void files(List<BackupFile> told) {
        files = List.copyOf(told);
    }

    List<BackupFile> files() {
        return files;
    }

    /** What the database is encrypted by, if it is. */
    void databaseKeys(Set<String> thumbprints) {
        databaseKeys = Set.copyOf(thumbprints);
    }

    Set<String> databaseKeys() {
        return databaseKeys;
    }

    void moves(List<Move> decided) {
        moves = List.copyOf(decided);
    }

    /** Whether a database that is there is overwritten. */
    void replace(boolean wanted) {
        replaces = wanted;
    }

    /** The state the statement leaves the database in. */
    Recovery recovery() {
        return isLast() ? request.options().recovery() : new Recovery.NoRecovery();
    }

    /**
     * The statement.
     *
     * @param database name of the database to restore to
     * @throws IllegalArgumentException when no server accepts it
     */
    RestoreStatement statement(String database, List<String> devices) {
        boolean isLog = type() == BackupType.LOG;
        RestoreRequest.Options asked = request.options();
        TransferOptions sizes =
                new TransferOptions(
                        opened().manifest().blockSize(),
                        request.transfer().bufferCount(),
                        request.transfer().maxTransferSize());
        RestoreStatement.Options options =
                new RestoreStatement.Options(
                        0,
                        asked.checksum(),
                        replaces && type() == BackupType.FULL,
                        asked.partial() && isFirst(),
                        recovery(),
                        stopAt(isLog),
                        moves,
                        sizes,
                        STATS);
        return new RestoreStatement(
                isLog ? RestoreStatement.Kind.LOG : RestoreStatement.Kind.DATABASE,
                database,
                scope(isLog),
                devices,
                options);
    }

    /** The server wants a time from the first statement on, and takes a mark's name with logs. */
    private StopAt stopAt(boolean isLog) {
        StopAt asked = request.options().stopAt();
        return isLog || asked instanceof StopAt.Time ? asked : new StopAt.End();
    }

    /** After a PARTIAL restore, what follows goes on with the same part. */
    private Scope scope(boolean isLog) {
        boolean follows = request.options().partial() && !isFirst();
        return isLog || follows ? new Scope.WholeDatabase() : request.options().scope();
    }
}
