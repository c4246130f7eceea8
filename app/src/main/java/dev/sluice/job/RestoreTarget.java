package dev.sluice.job;

import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Scope;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/** Whether a set may be restored to a database, judged before anything is touched. */
final class RestoreTarget {

    private final RestoreRequest request;
    private final BackupSet set;
    private final String name;
    private final @Nullable DatabaseInfo target;

    private RestoreTarget(
            RestoreRequest request, BackupSet set, String name, @Nullable DatabaseInfo target) {
        this.request = request;
        this.set = set;
        this.name = name;
        this.target = target;
    }

    /**
     * Refuses with the reason and what to do.
     *
     * @param name of the database to restore to
     * @param target that database as it is now; null when there is none
     */
    static void check(
            RestoreRequest request, BackupSet set, String name, @Nullable DatabaseInfo target)
            throws JobException, IOException {
        SystemDatabase.check(name, set.manifest().database());
        RestoreTarget check = new RestoreTarget(request, set, name, target);
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
        if (target == null || request.options().replace()) {
            return;
        }
        String held = set.manifest().database();
        String stranger =
                held.equals(name) ? "" : ", and the set holds another one, \"" + held + "\"";
        throw new JobException(
                "\"%s\" exists on %s%s; allow it to be replaced, or restore under another name"
                        .formatted(name, request.server(), stranger));
    }

    /** Files and filegroups are restored to the database they are of. */
    private void part() throws JobException {
        if (target == null) {
            throw new JobException(
                    ("files and filegroups are restored to a database that is there, and there is"
                         + " no \"%s\" on %s; restore the whole, or begin a piecemeal restore with"
                         + " PARTIAL")
                            .formatted(name, request.server()));
        }
    }

    /** A differential or log backup continues a restore that was left waiting for it. */
    private void further() throws JobException, IOException {
        if (target != null && target.state().awaitsRestore()) {
            return;
        }
        String state =
                target == null
                        ? "there is no database \"%s\" on %s".formatted(name, request.server())
                        : "\"%s\" is %s".formatted(name, target.state());
        throw new JobException(
                ("the set holds a %s backup, which continues the restore of its full backup, and"
                                + " %s; %s")
                        .formatted(set.manifest().type().word(), state, base()));
    }

    private String base() throws IOException {
        String id = set.manifest().base();
        Path folder = set.directory().toAbsolutePath().getParent();
        if (folder == null) {
            return "restore that full backup with no recovery first";
        }
        return BackupCatalog.find(folder).sets().stream()
                .filter(other -> isBase(other.manifest(), id))
                .findFirst()
                .map(
                        other ->
                                "restore %s with no recovery first, then this set"
                                        .formatted(other.directory()))
                .orElse(
                        "that full backup is not beside it in %s; find it and restore it with no"
                                        .formatted(folder)
                                + " recovery first");
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
