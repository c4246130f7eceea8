package dev.sluice.ui.backup;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.JobException;
import dev.sluice.job.JobException.About;
import dev.sluice.job.PlannedBackup;
import dev.sluice.sql.SqlServerException;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a backup would run, as the engine finds out with the server's help; it changes nothing. FX
 * thread.
 */
public final class StatementsModel {

    /** Finds out what each database's backup would do; waits for the server. */
    public interface Planner {
        /** As {@link dev.sluice.job.SluiceEngine#plan(BackupRequest)}. */
        List<PlannedBackup> plan(BackupRequest request)
                throws SqlServerException, JobException, IOException;
    }

    /**
     * What would happen to a database.
     *
     * @param refused whether nothing would
     * @param text the T-SQL, or why nothing would
     * @param notes what should be known of it besides, in lines; may be empty
     */
    public record Statement(String database, boolean refused, String text, String notes) {}

    /**
     * Why nothing would run at all.
     *
     * @param about which part of the request is to blame
     */
    public record Refusal(About about, String text) {

        /** There is none. */
        static final Refusal NONE = new Refusal(About.REQUEST, "");
    }

    private record Found(List<Statement> statements, Refusal refusal) {}

    private final Planner planner;
    private final Background background;
    private final Texts texts;
    private final ObservableList<Statement> statements = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Refusal> refusal =
            new ReadOnlyObjectWrapper<>(Refusal.NONE);
    private int asked;

    StatementsModel(Planner planner, Background background, Texts texts) {
        this.planner = planner;
        this.background = background;
        this.texts = texts;
    }

    /** Finds out anew. */
    public void ask(BackupRequest request) {
        clear();
        busy.set(true);
        int question = asked;
        background.run(
                () -> find(request),
                found -> answer(question, found),
                failure -> answer(question, new Found(List.of(), refusal(failure))));
    }

    /** Forgets what was found: it was about something else. */
    public void clear() {
        asked++;
        statements.clear();
        refusal.set(Refusal.NONE);
        busy.set(false);
    }

    private void answer(int question, Found found) {
        if (question == asked) {
            busy.set(false);
            statements.setAll(found.statements());
            refusal.set(found.refusal());
        }
    }

    private Found find(BackupRequest request) throws SqlServerException, IOException {
        try {
            return new Found(statements(planner.plan(request)), Refusal.NONE);
        } catch (JobException e) {
            if (request.databases().size() > 1) {
                return findEach(request);
            }
            return e.about() == About.REQUEST
                    ? new Found(List.of(refused(request.database(), e)), Refusal.NONE)
                    : new Found(List.of(), refusal(e));
        }
    }

    private List<Statement> statements(List<PlannedBackup> plans) {
        return plans.stream()
                .map(
                        plan ->
                                new Statement(
                                        plan.database(),
                                        false,
                                        plan.statement(),
                                        texts.tell(plan.notes())))
                .toList();
    }

    // only so it is known which of them are refused
    private Found findEach(BackupRequest request) throws SqlServerException, IOException {
        List<Statement> found = new ArrayList<>();
        Set<Refusal> refusals = new HashSet<>();
        for (String database : request.databases()) {
            try {
                found.addAll(statements(planner.plan(only(database, request))));
            } catch (JobException e) {
                found.add(refused(database, e));
                refusals.add(refusal(e));
            }
        }
        boolean one = found.stream().allMatch(Statement::refused) && refusals.size() == 1;
        return one
                ? new Found(List.of(), refusals.iterator().next())
                : new Found(found, Refusal.NONE);
    }

    private Refusal refusal(Exception failure) {
        About about = failure instanceof JobException refused ? refused.about() : About.REQUEST;
        return new Refusal(about, texts.tell(failure));
    }

    private Statement refused(String database, JobException refusal) {
        return new Statement(database, true, texts.tell(refusal), "");
    }

    private static BackupRequest only(String database, BackupRequest request) {
        return new BackupRequest(
                request.server(),
                List.of(database),
                request.type(),
                request.scope(),
                request.options(),
                request.destination(),
                request.devices(),
                request.limitRate());
    }

    /** What was found, by database; empty as long as nothing is known. */
    public ObservableList<Statement> statements() {
        return statements;
    }

    /** All the T-SQL that would run. */
    public String text() {
        return statements.stream()
                .filter(statement -> !statement.refused())
                .map(Statement::text)
                .collect(Collectors.joining("\n\n"));
    }

    /**
     * Why nothing would run at all; its text is empty when something would, or nothing is known.
     */
    public ReadOnlyObjectProperty<Refusal> refusal() {
        return refusal.getReadOnlyProperty();
    }

    /** Whether the server is being asked. */
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }
}
