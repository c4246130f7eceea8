package dev.sluice.job;

import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Scope;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Whether a set may be restored to a database, judged before anything is touched. */
final class RestoreTarget {

    private static final String RESTORING = DatabaseInfo.State.RESTORING.name();

    private final RestoreRequest request;
    private final BackupSet set;
    private final String name;
    private final @Nullable DatabaseInfo target;
    private final List<DatabaseFile> files;

    private RestoreTarget(
            RestoreRequest request,
            BackupSet set,
            String name,
            @Nullable DatabaseInfo target,
            List<DatabaseFile> files) {
        this.request = request;
        this.set = set;
        this.name = name;
        this.target = target;
        this.files = files;
    }

    /**
     * Refuses with the reason and what to do.
     *
     * @param name of the database to restore to
     * @param target that database as it is now; null when there is none
     * @param files of every database on the server
     */
    static void check(
            RestoreRequest request,
            BackupSet set,
            String name,
            @Nullable DatabaseInfo target,
            List<DatabaseFile> files)
            throws JobException, IOException {
        SystemDatabase.check(name, set.manifest().database());
        RestoreTarget check = new RestoreTarget(request, set, name, target, files);
        if (set.manifest().type() == BackupType.FULL) {
            check.full();
        } else {
            check.further();
        }
    }

    private void full() throws JobException {
        boolean whole = request.options().scope() instanceof Scope.WholeDatabase;
        if (!whole && !request.options().partial()) {
            part();
            return;
        }
        String held = set.manifest().database();
        if (target == null || request.options().replace() || beginsAnew(target, held)) {
            return;
        }
        throw new JobException(
                held.equals(name)
                        ? Told.of("refused.exists", name, request.server())
                        : Told.of("refused.exists.other", name, request.server(), held));
    }

    /**
     * Whether the server itself asks for no REPLACE: its check is for log that no backup has
     * (message 3159), and a database that is RESTORING, as after the backup of its own tail, has
     * none. That it is the same one and not of the same name only, the server knows, and refuses
     * otherwise before it touches anything (message 3154).
     *
     * @param held name of the database in the set
     */
    static boolean beginsAnew(DatabaseInfo target, String held) {
        return target.state() == DatabaseInfo.State.RESTORING && target.name().equals(held);
    }

    /** Files and filegroups are restored to the database they are of. */
    private void part() throws JobException {
        if (target == null) {
            throw new JobException(Told.of("refused.noDatabaseForFiles", name, request.server()));
        }
    }

    /** A differential or log backup continues a restore that was left waiting for it. */
    private void further() throws JobException, IOException {
        if (target != null && (target.state().awaitsRestore() || hasFileThatWaits(target))) {
            return;
        }
        BackupType type = set.manifest().type();
        throw new JobException(
                target == null
                        ? Told.of("refused.further.none", type, name, request.server(), base())
                        : Told.of(
                                "refused.further",
                                type,
                                name,
                                Databases.inWords(target.state()),
                                base()));
    }

    /** Files are restored while the rest of their database is in use. */
    private boolean hasFileThatWaits(DatabaseInfo database) {
        return files.stream()
                .filter(file -> file.database().equals(database.name()))
                .anyMatch(RestoreTarget::waits);
    }

    /**
     * Whether a file waits for the rest of its own restore. One that a piecemeal restore left out
     * is RECOVERY_PENDING, and waits for none that goes on.
     */
    static boolean waits(DatabaseFile file) {
        return RESTORING.equals(file.state());
    }

    private Told base() throws IOException {
        String id = set.manifest().base();
        Path folder = set.directory().toAbsolutePath().getParent();
        if (folder == null) {
            return Told.of("base.first");
        }
        return BackupCatalog.find(folder).sets().stream()
                .filter(other -> isBase(other.manifest(), id))
                .findFirst()
                .map(other -> Told.of("base.firstThenThis", other.directory()))
                .orElse(Told.of("base.notBeside", folder));
    }

    /** By id where the set knows it, otherwise the newest full backup before the set. */
    private boolean isBase(Manifest other, @Nullable String id) {
        if (id != null) {
            return other.id().equals(id);
        }
        return other.type() == BackupType.FULL
                && other.ofWholeDatabase()
                && !other.copyOnly()
                && other.started().isBefore(set.manifest().started());
    }
}
