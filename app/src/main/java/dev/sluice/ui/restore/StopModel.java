package dev.sluice.ui.restore;

import dev.sluice.media.BackupSet;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.StopAt;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.Texts;

import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Where a restore stops: at the chosen moment, or at a mark that somebody set in the log. The
 * moment chooses the sets all the same, for nobody but the server knows where a mark is. FX thread.
 */
public final class StopModel {

    /** Where it stops. */
    public enum Kind {
        /** At the chosen moment, or the end of the sets that were chosen by hand. */
        MOMENT,
        /** At a mark, with the marked transaction. */
        AT_MARK,
        /** Just before a marked transaction. */
        BEFORE_MARK
    }

    private static final int LONGEST_MARK = 128;

    private final Texts texts;
    private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.MOMENT);
    private final Field mark = new Field("");
    private final Field after = new Field("");
    private final ReadOnlyObjectWrapper<StopAt> stop =
            new ReadOnlyObjectWrapper<>(new StopAt.End());
    private StopAt moment = new StopAt.End();
    private LocalDate day;
    private boolean hasLog;
    private @Nullable LocalDateTime exactAfter;

    /** Stops at a moment, until something else is chosen. */
    StopModel(LocalDate day, Texts texts) {
        this.day = day;
        this.texts = texts;
        List<Observable> inputs = List.of(kind, mark.text(), after.text());
        inputs.forEach(input -> input.addListener(changed -> check()));
    }

    /** Takes the stop of a request. */
    void fill(StopAt asked) {
        exactAfter = asked.after();
        mark.reset(asked.atMark() == null ? orEmpty(asked.beforeMark()) : asked.atMark());
        after.reset(exactAfter == null ? "" : MomentText.write(exactAfter));
        kind.set(
                switch (asked) {
                    case StopAt.AtMark _ -> Kind.AT_MARK;
                    case StopAt.BeforeMark _ -> Kind.BEFORE_MARK;
                    case StopAt.Time _, StopAt.End _ -> Kind.MOMENT;
                });
        moment = kind.get() == Kind.MOMENT ? asked : new StopAt.End();
        check();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** What the moment says, which counts where no mark does. */
    void setMoment(StopAt now) {
        moment = now;
        check();
    }

    /** The day of a time that is typed without one. */
    void setDay(LocalDate now) {
        day = now;
        check();
    }

    /** The sets, among whose logs the mark must be. */
    void setSets(List<BackupSet> sets) {
        hasLog = sets.stream().anyMatch(set -> set.manifest().type() == BackupType.LOG);
        check();
    }

    private void check() {
        boolean marked = kind.get() != Kind.MOMENT;
        Optional<LocalDateTime> from = from();
        mark.setError(marked ? markError() : "");
        boolean wrong = marked && !after.isBlank() && from.isEmpty();
        after.setError(wrong ? texts.get("restore.moment.wrong") : "");
        if (marked && !hasLog) {
            // no matter what is typed
            mark.touch();
        }
        stop.set(marked && isGood() ? atMark(from.orElse(null)) : moment);
    }

    private String markError() {
        if (!hasLog) {
            return texts.get("restore.mark.noLog");
        }
        int length = mark.text().get().strip().length();
        return length == 0 || length > LONGEST_MARK
                ? texts.get("restore.mark.wrong", LONGEST_MARK)
                : "";
    }

    private Optional<LocalDateTime> from() {
        String typed = after.text().get();
        // a profile may be more exact than what is typed
        if (exactAfter != null && typed.equals(MomentText.write(exactAfter))) {
            return Optional.of(exactAfter);
        }
        return MomentText.read(typed, day);
    }

    private StopAt atMark(@Nullable LocalDateTime from) {
        String name = mark.text().get().strip();
        return kind.get() == Kind.AT_MARK
                ? new StopAt.AtMark(name, from)
                : new StopAt.BeforeMark(name, from);
    }

    /** Where it stops. */
    public ObjectProperty<Kind> kind() {
        return kind;
    }

    /** The mark's name, or {@code lsn:} and a log sequence number. */
    public Field mark() {
        return mark;
    }

    /** The first such mark from this moment on; blank for the first of all. */
    public Field after() {
        return after;
    }

    /** What the statements say of it; as long as something is wrong, what the moment says. */
    ReadOnlyObjectProperty<StopAt> stop() {
        return stop.getReadOnlyProperty();
    }

    /** What the moment says. */
    StopAt moment() {
        return moment;
    }

    /** Whether nothing is wrong. */
    boolean isGood() {
        return mark.isGood() && after.isGood();
    }
}
