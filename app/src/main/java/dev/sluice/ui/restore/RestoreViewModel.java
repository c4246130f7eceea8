package dev.sluice.ui.restore;

import dev.sluice.job.FilePlan;
import dev.sluice.job.RestoreRequest;
import dev.sluice.media.BackupSet;
import dev.sluice.sql.StopAt;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.home.DatabaseRow;
import dev.sluice.ui.restore.LookViewModel.Finding;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A guided restore: from what and to which moment, to what, and at last exactly what will run. FX
 * thread.
 */
public final class RestoreViewModel {

    /** A part of the guide. */
    public enum Step {
        /** From what, and to which moment. */
        SOURCE,
        /** To which database and files. */
        TARGET,
        /** What will run. */
        REVIEW
    }

    private final RestoreDesk desk;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final SourceViewModel source;
    private final TargetViewModel target;
    private final LookViewModel look;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.SOURCE);
    private final ReadOnlyBooleanWrapper mayGoOn = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper statements = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper notes = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private List<BackupSet> sets = List.of();
    private @Nullable RestoreRequest toFill;

    /**
     * A guide at its beginning.
     *
     * @param databases those that exist
     */
    public RestoreViewModel(
            RestoreDesk desk,
            ObservableList<DatabaseRow> databases,
            Background background,
            Notices notices,
            Texts texts,
            InstantSource clock) {
        this.desk = desk;
        this.background = background;
        this.notices = notices;
        this.texts = texts;
        source = new SourceViewModel(desk, background, notices, texts, clock);
        target = new TargetViewModel(databases, texts);
        look = new LookViewModel(desk, background, texts);
        ListChangeListener<ChainStep> chosen = change -> setsChosen();
        source.chain().addListener(chosen);
        source.good().subscribe(now -> check());
        target.good().subscribe(now -> check());
        target.effect().subscribe(now -> check());
        target.server().subscribe((before, now) -> lookAnew());
        look.finding().subscribe(this::found);
        look.running().subscribe(now -> check());
        step.subscribe(now -> check());
    }

    // ---- where to begin

    /** Is shown: it looks for sets that are new, and keeps what was chosen. */
    public void open() {
        askForServers();
        if (step.get() == Step.SOURCE) {
            source.refresh();
        }
    }

    /** Begins with the newest state of a database. */
    public void restore(String server, String database) {
        begin();
        source.newest(server, database);
    }

    /** Begins with the end of a set. */
    public void restore(Path set) {
        begin();
        source.endOf(set);
    }

    /** Begins with a request, such as that of a profile. */
    public void fill(RestoreRequest request) {
        begin();
        toFill = request;
        source.exactly(request);
    }

    private void begin() {
        toFill = null;
        target.forget();
        step.set(Step.SOURCE);
        askForServers();
    }

    private void askForServers() {
        background.run(desk::servers, target::offer, notices::error);
    }

    private void setsChosen() {
        List<BackupSet> before = sets;
        sets = source.chain().stream().map(ChainStep::set).toList();
        target.restoreFrom(sets, source.stop());
        if (toFill != null && !sets.isEmpty()) {
            target.fill(toFill);
            toFill = null;
        }
        if (!sets.equals(before)) {
            lookAnew();
        }
    }

    // what the server told was of other sets, or it was another server
    private void lookAnew() {
        look.forget();
        target.show(FilePlan.NONE);
        if (step.get() == Step.TARGET) {
            target.look().ifPresent(look::look);
        }
    }

    // ---- forth and back

    /** Goes on to the next step, when nothing is wrong with this one. */
    public void goOn() {
        if (mayGoOn.get() && step.get() != Step.REVIEW) {
            goTo(step.get() == Step.SOURCE ? Step.TARGET : Step.REVIEW);
        }
    }

    /** Goes back to the step before. */
    public void goBack() {
        if (step.get() != Step.SOURCE) {
            goTo(step.get() == Step.REVIEW ? Step.TARGET : Step.SOURCE);
        }
    }

    /** Goes to a step, or as far as nothing is wrong. */
    public void goTo(Step wanted) {
        Step allowed = wanted;
        if (allowed == Step.REVIEW && !target.good().get()) {
            allowed = Step.TARGET;
        }
        if (allowed != Step.SOURCE && !source.good().get()) {
            allowed = Step.SOURCE;
        }
        step.set(allowed);
        switch (allowed) {
            case SOURCE -> {}
            case TARGET -> target.look().filter(none -> isUnknown()).ifPresent(look::look);
            case REVIEW -> target.request().ifPresent(look::look);
        }
    }

    private boolean isUnknown() {
        Finding known = look.finding().get();
        return known == null || known.files().isEmpty();
    }

    /** Lets the server look once more. */
    public void lookAgain() {
        Optional<RestoreRequest> request =
                step.get() == Step.REVIEW ? target.request() : target.look();
        request.ifPresent(look::again);
    }

    private void found(@Nullable Finding now) {
        if (now != null && !now.files().isEmpty()) {
            target.show(now.files());
        }
        check();
    }

    private void check() {
        Finding known = look.finding().get();
        boolean current =
                known != null && target.request().filter(known.request()::equals).isPresent();
        problem.set(known == null ? "" : problem(known, current));
        summary.set(target.request().map(this::summary).orElse(""));
        statements.set(current ? String.join("\n\n", known.statements()) : "");
        notes.set(current ? texts.tell(known.notes()) : "");
        mayGoOn.set(
                switch (step.get()) {
                    case SOURCE -> source.good().get();
                    case TARGET -> source.good().get() && target.good().get();
                    case REVIEW -> current && known.problem().isEmpty();
                });
    }

    private String summary(RestoreRequest request) {
        return texts.get(
                "restore.summary",
                sets.getFirst().manifest().database(),
                where(request.options().stopAt()),
                request.sets().size(),
                String.valueOf(request.database()),
                request.server());
    }

    private String where(StopAt stop) {
        return switch (stop) {
            case StopAt.AtMark(String mark, var _) -> texts.get("restore.summary.atMark", mark);
            case StopAt.BeforeMark(String mark, var _) ->
                    texts.get("restore.summary.beforeMark", mark);
            case StopAt.Time _, StopAt.End _ ->
                    source.byHand().get() || source.moment().get() == null
                            ? texts.get("restore.summary.byHand")
                            : source.momentText().text().get();
        };
    }

    // what a look at another request met may have been mended since
    private String problem(Finding known, boolean current) {
        boolean matters = step.get() == Step.REVIEW ? current : known.files().isEmpty();
        return matters ? known.problem() : "";
    }

    /** The request, when just this was planned and would not be refused. */
    public Optional<RestoreRequest> request() {
        return step.get() == Step.REVIEW && mayGoOn.get() ? target.request() : Optional.empty();
    }

    /** The restore was begun; a further one begins at the first step. */
    public void begun() {
        look.forget();
        step.set(Step.SOURCE);
    }

    /** What it does, from what, and what it leaves behind: the question before it. */
    public String question() {
        String effect = target.effect().get();
        return target.destructive().get()
                ? texts.get("restore.question.replace", effect)
                : texts.get("restore.question.new", effect);
    }

    // ---- what is shown

    /** From what. */
    public SourceViewModel source() {
        return source;
    }

    /** To what. */
    public TargetViewModel target() {
        return target;
    }

    /** The server's look at the sets. */
    public LookViewModel look() {
        return look;
    }

    /** The step that is shown. */
    public ReadOnlyObjectProperty<Step> step() {
        return step.getReadOnlyProperty();
    }

    /** Whether nothing is wrong with the step that is shown. */
    public ReadOnlyBooleanProperty mayGoOn() {
        return mayGoOn.getReadOnlyProperty();
    }

    /** Exactly what will run, with an empty line between statements; empty while unknown. */
    public ReadOnlyStringProperty statements() {
        return statements.getReadOnlyProperty();
    }

    /** What should be known of it before, a line each; empty for nothing. */
    public ReadOnlyStringProperty notes() {
        return notes.getReadOnlyProperty();
    }

    /** What is restored to what, in a sentence; empty as long as something is wrong. */
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /** Why the restore would be refused; empty when it would not, or nobody knows. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }
}
