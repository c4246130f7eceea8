package dev.sluice.ui.restore;

import dev.sluice.job.FilePlan;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.Plan;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.Triggers;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Texts;
import dev.sluice.words.Told;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The server's look at the sets of a restore, before it: what files they hold, and the exact
 * statements, or why it would be refused. A new look takes the place of the one before. FX thread.
 */
public final class LookViewModel {

    /**
     * What a look found out.
     *
     * @param request what was asked
     * @param files what the sets hold; empty where the server did not come that far
     * @param statements what the restore would run; empty when it would be refused
     * @param notes what should be known of it besides, in sentences
     * @param problem why it would be; empty when it would not
     */
    record Finding(
            RestoreRequest request,
            FilePlan files,
            List<String> statements,
            List<Told> notes,
            String problem) {}

    private final RestoreDesk desk;
    private final Background background;
    private final Texts texts;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper();
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Finding> finding = new ReadOnlyObjectWrapper<>();
    private @Nullable RestoreRequest asked;
    private @Nullable Plan plan;
    private int look;

    LookViewModel(RestoreDesk desk, Background background, Texts texts) {
        this.desk = desk;
        this.background = background;
        this.texts = texts;
    }

    /** Looks, unless just this is being looked at or was found out. */
    void look(RestoreRequest request) {
        Finding before = finding.get();
        boolean known =
                before != null && before.request().equals(request) && before.problem().isEmpty();
        if (known || (running.get() && request.equals(asked))) {
            return;
        }
        again(request);
    }

    /** Looks, even though it was tried before. */
    void again(RestoreRequest request) {
        cancel();
        int mine = ++look;
        asked = request;
        finding.set(null);
        running.set(true);
        fraction.set(0);
        text.set(texts.get("restore.look.begins"));
        background.run(
                () -> desk.plan(request),
                made -> begin(mine, request, made),
                failure -> ended(mine, refused(request, texts.tell(failure))));
    }

    private void begin(int of, RestoreRequest request, Plan made) {
        if (of != look) {
            return;
        }
        plan = made;
        background.run(
                () -> {
                    made.start();
                    return made.await();
                },
                end -> ended(of, found(request, made, end)),
                failure -> ended(of, refused(request, texts.tell(failure))));
    }

    private Finding found(RestoreRequest request, Plan made, JobSnapshot end) {
        String problem =
                switch (end.state()) {
                    case COMPLETED -> "";
                    case CANCELLED -> texts.get("restore.look.stopped");
                    default -> texts.tell(end.told());
                };
        return new Finding(request, made.files(), made.statements(), made.notes(), problem);
    }

    private static Finding refused(RestoreRequest request, String problem) {
        return new Finding(request, FilePlan.NONE, List.of(), List.of(), problem);
    }

    private void ended(int of, Finding now) {
        if (of == look) {
            plan = null;
            running.set(false);
            finding.set(now);
        }
    }

    /** Stops the look, honestly: it ends when it has drained. */
    public void cancel() {
        if (plan != null) {
            plan.cancel(Triggers.USER);
        }
    }

    /** Looks how far it is. */
    public void sample() {
        if (plan != null) {
            JobSnapshot now = plan.snapshot();
            int legs = now.sequence().legs();
            int leg = now.sequence().leg();
            fraction.set((leg - 1.0) / legs);
            text.set(
                    now.state() == JobState.CANCELLING
                            ? texts.get("restore.look.stopping")
                            : texts.get("restore.look.at", (leg + 1) / 2, (legs + 1) / 2));
        }
    }

    /** Forgets what was found: it was about other sets, or another server. */
    void forget() {
        cancel();
        look++;
        plan = null;
        running.set(false);
        finding.set(null);
    }

    /** Whether the server is looking. */
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /** How far it is, from 0 to 1. */
    public ReadOnlyDoubleProperty fraction() {
        return fraction.getReadOnlyProperty();
    }

    /** What it does, in words. */
    public ReadOnlyStringProperty text() {
        return text.getReadOnlyProperty();
    }

    /** What the last look found out; null as long as there is none. */
    ReadOnlyObjectProperty<@Nullable Finding> finding() {
        return finding.getReadOnlyProperty();
    }
}
