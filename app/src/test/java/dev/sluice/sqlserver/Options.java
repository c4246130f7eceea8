package dev.sluice.sqlserver;

import dev.sluice.job.RestoreRequest;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;

import java.util.List;

/** Options of restores that tests ask for. */
final class Options {

    static final RestoreRequest.Options PLAIN = RestoreRequest.Options.PLAIN;
    static final RestoreRequest.Options REPLACE = RestoreRequest.Options.plain(true, false);

    /** Other connections are closed first. */
    static final RestoreRequest.Options CLOSING =
            of(true, new Recovery.Recover(), new StopAt.End(), List.of(), true);

    private Options() {}

    static RestoreRequest.Options of(Recovery recovery, StopAt stop) {
        return of(false, recovery, stop, List.of(), false);
    }

    static RestoreRequest.Options withMoves(Move... moves) {
        return of(false, new Recovery.Recover(), new StopAt.End(), List.of(moves), false);
    }

    /** An existing database may be overwritten, and the log stops there. */
    static RestoreRequest.Options replacing(StopAt stop) {
        return of(true, new Recovery.Recover(), stop, List.of(), false);
    }

    /** Every backup must have checksums. */
    static RestoreRequest.Options demandingChecksums() {
        return new RestoreRequest.Options(
                false,
                true,
                new Recovery.Recover(),
                new StopAt.End(),
                new Scope.WholeDatabase(),
                false,
                List.of(),
                null,
                null,
                false);
    }

    /** Files of a database that is there. */
    static RestoreRequest.Options files(Recovery recovery, String... files) {
        return part(new Scope.Files(List.of(files), List.of()), false, recovery);
    }

    /** Filegroups of a database that is there. */
    static RestoreRequest.Options filegroups(Recovery recovery, String... filegroups) {
        return part(new Scope.Files(List.of(), List.of(filegroups)), false, recovery);
    }

    /** The beginning of a piecemeal restore. */
    static RestoreRequest.Options partial(Recovery recovery) {
        return part(new Scope.ReadWriteFilegroups(List.of()), true, recovery);
    }

    /** The same, with these filegroups. */
    static RestoreRequest.Options partial(Recovery recovery, String... filegroups) {
        return part(new Scope.Files(List.of(), List.of(filegroups)), true, recovery);
    }

    private static RestoreRequest.Options part(Scope scope, boolean partial, Recovery recovery) {
        return new RestoreRequest.Options(
                false,
                false,
                recovery,
                new StopAt.End(),
                scope,
                partial,
                List.of(),
                null,
                null,
                false);
    }

    private static RestoreRequest.Options of(
            boolean replace, Recovery recovery, StopAt stop, List<Move> moves, boolean closing) {
        return new RestoreRequest.Options(
                replace,
                false,
                recovery,
                stop,
                new Scope.WholeDatabase(),
                false,
                moves,
                null,
                null,
                closing);
    }
}
