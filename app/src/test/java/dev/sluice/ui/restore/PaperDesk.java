package dev.sluice.ui.restore;

import dev.sluice.job.FilePlan;
import dev.sluice.job.JobState;
import dev.sluice.job.PaperPlan;
import dev.sluice.job.Plan;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.RunRecord;
import dev.sluice.job.Verdicts;
import dev.sluice.media.BackupSet;
import dev.sluice.media.PaperSets;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.RestoreStatement.Kind;
import dev.sluice.sql.StopAt;
import dev.sluice.ui.ScriptedJob;
import dev.sluice.ui.restore.KnownSets.Found;
import dev.sluice.ui.restore.KnownSets.Place;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Sets, servers and plans as the test wants them. */
public final class PaperDesk implements RestoreDesk {

    /** What can be found, whatever the place. */
    public final List<BackupSet> sets = new ArrayList<>();

    /** Verifications of them. */
    public final List<RunRecord> verifications = new ArrayList<>();

    /** What was asked to be planned. */
    public final List<RestoreRequest> planned = new ArrayList<>();

    /** Where sets were looked for. */
    public final List<Place> looked = new ArrayList<>();

    /** Why the next plans are refused; empty when they are not. */
    public String refusal = "";

    /** Why sets cannot be looked for; empty when they can. */
    public String failure = "";

    /** What the sets of the next plans hold. */
    public FilePlan files =
            PaperPlan.twoFiles(
                    "Sales", new DatabaseFile("Stock", "Stock", "E:\\MSSQL\\DATA\\Stock.mdf"));

    /** Whether the next plans go on until they are let go. */
    public boolean holds;

    /** The plans made. */
    public final List<PaperPlan> plans = new ArrayList<>();

    private final List<String> servers;

    /** A desk with these servers. */
    public PaperDesk(String... servers) {
        this.servers = List.of(servers);
    }

    /**
     * Two days of a database up to a moment: a full backup each night, differentials, logs every
     * half hour; one log of the first day is missing.
     */
    public static List<BackupSet> twoDays(LocalDateTime end) {
        PaperSets sales = new PaperSets("prod", "Sales");
        List<BackupSet> sets = new ArrayList<>();
        LocalDateTime begin = end.minusDays(2);
        BackupSet base = sales.full(begin);
        sets.add(base);
        for (int half = 1; half <= 96; half++) {
            LocalDateTime at = begin.plusMinutes(30L * half);
            if (half != 20) {
                sets.add(sales.log(at.minusMinutes(30), at));
            }
            if (half == 48) {
                base = sales.full(at.plusMinutes(2));
                sets.add(base);
            } else if (half % 12 == 0 && half < 96) {
                sets.add(sales.differential(at.plusMinutes(2), base));
            }
        }
        return sets;
    }

    @Override
    public Found find(Place place) throws IOException {
        looked.add(place);
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return new Found(sets, Verdicts.of(verifications), List.of(), 0);
    }

    @Override
    public List<String> servers() {
        return servers;
    }

    @Override
    public Plan plan(RestoreRequest request) {
        planned.add(request);
        JobState state = refusal.isEmpty() ? JobState.COMPLETED : JobState.FAILED;
        PaperPlan plan =
                new PaperPlan(
                        ScriptedJob.streaming(1, 4).snapshot(),
                        ScriptedJob.streaming(1, 4)
                                .state(state)
                                .told(Told.asIs(refusal))
                                .snapshot(),
                        files,
                        statements(request),
                        holds);
        plans.add(plan);
        return plan;
    }

    private static List<String> statements(RestoreRequest request) {
        List<String> statements = new ArrayList<>();
        RestoreRequest.Options options = request.options();
        for (Path set : request.sets()) {
            boolean first = statements.isEmpty();
            boolean last = set.equals(request.lastSet());
            boolean log = set.toString().endsWith("log");
            StopAt stop =
                    log || options.stopAt() instanceof StopAt.Time
                            ? options.stopAt()
                            : new StopAt.End();
            statements.add(
                    new RestoreStatement(
                                    log ? Kind.LOG : Kind.DATABASE,
                                    String.valueOf(request.database()),
                                    options.scope(),
                                    List.of("Sluice-example"),
                                    new RestoreStatement.Options(
                                            0,
                                            options.checksum(),
                                            options.replace() && first,
                                            false,
                                            last ? options.recovery() : new Recovery.NoRecovery(),
                                            stop,
                                            first ? options.moves() : List.of(),
                                            request.transfer(),
                                            5))
                            .toSql());
        }
        return statements;
    }
}
