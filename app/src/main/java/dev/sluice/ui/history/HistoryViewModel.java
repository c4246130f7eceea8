package dev.sluice.ui.history;

import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunStory;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** The history of runs, filtered, and the story of the selected one. FX thread. */
public final class HistoryViewModel {

    private final RunHistory history;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final InstantSource clock;
    private final ObservableList<RunRecord> all = FXCollections.observableArrayList();
    private final FilteredList<RunRecord> rows = new FilteredList<>(all);
    private final StringProperty text = new SimpleStringProperty("");
    private final ObjectProperty<OutcomeFilter> outcome =
            new SimpleObjectProperty<>(OutcomeFilter.ANY);
    private final ObjectProperty<Period> period = new SimpleObjectProperty<>(Period.EVER);
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper leftOut = new ReadOnlyStringWrapper("");
    private final ObjectProperty<@Nullable RunRecord> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<RunStory> story =
            new ReadOnlyObjectWrapper<>(RunStory.NONE);
    private boolean reading;
    private boolean readAgain;
    private @Nullable String wanted;

    /** A history that is empty until {@link #refresh()}. */
    public HistoryViewModel(
            RunHistory history,
            Background background,
            Notices notices,
            Texts texts,
            InstantSource clock) {
        this.history = history;
        this.background = background;
        this.notices = notices;
        this.texts = texts;
        this.clock = clock;
        text.subscribe(this::filter);
        outcome.subscribe(this::filter);
        period.subscribe(this::filter);
        selected.subscribe(this::readStory);
    }

    /** Reads the history anew. */
    public void refresh() {
        if (reading) {
            // what happened since the reading began may be missing in it
            readAgain = true;
            return;
        }
        reading = true;
        background.run(
                history::read,
                now -> {
                    show(now);
                    endReading();
                },
                failure -> {
                    notices.error(failure);
                    endReading();
                });
    }

    private void endReading() {
        reading = false;
        if (readAgain) {
            readAgain = false;
            refresh();
        }
    }

    private void show(RunHistory.Contents read) {
        int newer = read.newer();
        leftOut.set(newer == 0 ? "" : texts.get("history.newer", newer));
        List<RunRecord> now = read.runs();
        if (all.equals(now)) {
            filter();
            wanted = null;
            return;
        }
        RunRecord before = selected.get();
        all.setAll(now);
        filter();
        if (wanted != null) {
            select(wanted);
            wanted = selected.get() == null ? wanted : null;
        } else if (before != null) {
            select(before.id());
        }
    }

    /** Turns to a run, whatever the filter says, as soon as the history has been read anew. */
    public void showAfterReading(String id) {
        text.set("");
        outcome.set(OutcomeFilter.ANY);
        period.set(Period.EVER);
        select(id);
        wanted = id;
        refresh();
    }

    /** Selects a run by its id, when it is shown. */
    public void select(String id) {
        selected.set(rows.stream().filter(run -> run.id().equals(id)).findFirst().orElse(null));
    }

    private void filter() {
        String wanted = text.get().strip().toLowerCase(Locale.ROOT);
        OutcomeFilter ends = outcome.get();
        Period when = period.get();
        Instant now = clock.instant();
        rows.setPredicate(
                run ->
                        ends.includes(run.outcome())
                                && when.includes(run.started(), now)
                                && isAbout(run, wanted));
        count.set(texts.get("history.count", rows.size(), all.size()));
    }

    private static boolean isAbout(RunRecord run, String wanted) {
        return wanted.isEmpty()
                || run.database().toLowerCase(Locale.ROOT).contains(wanted)
                || run.server().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private void readStory(@Nullable RunRecord run) {
        story.set(RunStory.NONE);
        if (run != null) {
            background.run(() -> history.story(run), told -> tell(run, told), notices::error);
        }
    }

    // another one may have been selected meanwhile
    private void tell(RunRecord run, RunStory told) {
        if (run.equals(selected.get())) {
            story.set(told);
        }
    }

    /** Writes the rows that are shown to a file, as comma-separated values. */
    public void exportTo(Path file) {
        List<RunRecord> shown = List.copyOf(rows);
        background.run(
                () -> {
                    history.exportTo(file, shown);
                    return file;
                },
                written -> notices.info(texts.get("history.exported", shown.size(), written)),
                notices::error);
    }

    /** Opens a folder in the desktop's file manager. */
    public void open(Path folder, FolderOpener opener) {
        background.run(
                () -> {
                    opener.open(folder);
                    return folder;
                },
                opened -> {},
                notices::error);
    }

    /** Opens folders for people to look into. */
    public interface FolderOpener {
        /** Opens a folder; may wait for the desktop. */
        void open(Path folder) throws Exception;
    }

    /** The selected run's story as a text to be copied; empty when none is selected. */
    public String storyAsText() {
        RunRecord run = selected.get();
        return run == null ? "" : new RunText(texts).of(run, story.get());
    }

    /** The runs that pass the filters, newest first. For reading. */
    public ObservableList<RunRecord> rows() {
        return rows;
    }

    /** A part of the name of the database or server; empty for any. */
    public StringProperty text() {
        return text;
    }

    /** Which ends are shown. */
    public ObjectProperty<OutcomeFilter> outcome() {
        return outcome;
    }

    /** How far back. */
    public ObjectProperty<Period> period() {
        return period;
    }

    /** How many of how many are shown, in words. */
    public ReadOnlyStringProperty count() {
        return count.getReadOnlyProperty();
    }

    /** How many runs cannot be shown, in words; empty where that is none. */
    public ReadOnlyStringProperty leftOut() {
        return leftOut.getReadOnlyProperty();
    }

    /** The selected run; null for none. */
    public ObjectProperty<@Nullable RunRecord> selected() {
        return selected;
    }

    /** What the selected run did; nothing until it is read. */
    public ReadOnlyObjectProperty<RunStory> story() {
        return story.getReadOnlyProperty();
    }
}
