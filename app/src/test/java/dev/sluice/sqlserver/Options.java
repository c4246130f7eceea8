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
