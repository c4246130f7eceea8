package dev.sluice.job;

import dev.sluice.job.FilePlacement.Folders;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.RestoreStatement.Move;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The files that the sets of a restore hold, and what is known of the server they go to: enough to
 * place them again and again, as somebody makes up his mind, without asking the server. Immutable.
 */
public final class FilePlan {

    /** Nothing is known yet. */
    public static final FilePlan NONE =
            new FilePlan(List.of(), new Folders(null, null), List.of(), true);

    /**
     * The files of a set.
     *
     * @param held name of the database in it
     */
    record SetFiles(String held, List<BackupFile> files) {}

    private final List<SetFiles> sets;
    private final Folders usual;
    private final List<DatabaseFile> present;
    private final boolean madeAnew;

    /**
     * @param sets in the order of their restore
     * @param usual the server's own folders
     * @param present the files of every database on the server
     * @param madeAnew whether all files of the database are made, rather than some be restored
     */
    FilePlan(List<SetFiles> sets, Folders usual, List<DatabaseFile> present, boolean madeAnew) {
        this.sets = List.copyOf(sets);
        this.usual = usual;
        this.present = List.copyOf(present);
        this.madeAnew = madeAnew;
    }

    /** Whether the server has not told of any file. */
    public boolean isEmpty() {
        return sets.isEmpty();
    }

    /** The server's own folder for data files; null where it has none and places files itself. */
    public @Nullable String dataFolder() {
        return usual.data();
    }

    /** The server's own folder for log files; as {@link #dataFolder()}. */
    public @Nullable String logFolder() {
        return usual.log();
    }

    /**
     * Where the files go, as the restore itself will decide.
     *
     * @param database name of the database to restore to
     * @param moves files that go to places of their own
     * @param dataFolder folder for data files without a move; null for the server's own
     * @param logFolder folder for log files without a move; null for the server's own
     * @return every file of the sets once, those that cannot go where they should with the reason
     */
    public List<PlacedFile> places(
            String database,
            List<Move> moves,
            @Nullable String dataFolder,
            @Nullable String logFolder) {
        FilePlacement placement = placement(database, moves, new Folders(dataFolder, logFolder));
        List<PlacedFile> places = new ArrayList<>();
        for (SetFiles set : sets) {
            places.addAll(placement.places(set.held(), set.files()));
        }
        return List.copyOf(places);
    }

    /** Decides the places of one restore, set by set. */
    FilePlacement placement(String database, List<Move> moves, Folders wanted) {
        FilePlacement placement = new FilePlacement(database, moves, wanted, usual, present);
        if (!madeAnew) {
            placement.keepFiles();
        }
        return placement;
    }
}
