package dev.sluice.ui.sets;

import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SetCheck;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.Verdicts;
import dev.sluice.media.BackupCatalog;
import dev.sluice.media.Remains;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.FolderCheck;
import dev.sluice.ui.common.FolderCheck.Finding;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.VerdictWords;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The backup sets under a folder. The list is for reading. FX thread. */
public final class SetsViewModel {

    private final SluiceEngine engine;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final Field folder = new Field("");
    private final ObservableList<SetRow> rows = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable SetRow> selected = new SimpleObjectProperty<>();
    private final ReadOnlyBooleanWrapper verifying = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper verified = new ReadOnlyDoubleWrapper();

    /** Verifications that the history could not keep: they count as well. */
    private final List<RunRecord> notKept = new ArrayList<>();

    private Verdicts verdicts = Verdicts.NONE;
    private @Nullable Verification verification;

    /**
     * A list that is empty until {@link #refresh()}.
     *
     * @param engine verifies, and knows earlier verdicts
     * @param folder the folder to begin with
     */
    public SetsViewModel(
            SluiceEngine engine, Path folder, Background background, Notices notices, Texts texts) {
        this.engine = engine;
        this.background = background;
        this.notices = notices;
        this.texts = texts;
        this.folder.text().set(folder.toString());
    }

    /** Reads the list anew. */
    public void refresh() {
        String text = folder.text().get();
        List<RunRecord> also = List.copyOf(notKept);
        background.run(
                () -> list(text, also),
                found -> show(text, found),
                failure -> folder.setError(texts.tell(failure)));
    }

    /**
     * What lies under a folder.
     *
     * @param finding whether the folder can be looked at
     * @param rows what was found
     * @param verdicts those on all sets
     */
    private record Found(Finding finding, List<SetRow> rows, Verdicts verdicts) {}

    private Found list(String text, List<RunRecord> also) throws IOException {
        Finding finding = FolderCheck.look(text);
        List<SetRow> rows = new ArrayList<>();
        if (finding == Finding.GOOD || finding == Finding.NOT_WRITABLE) {
            BackupCatalog catalog = BackupCatalog.find(Path.of(text.strip())).withStripesChecked();
            catalog.remains().forEach(remains -> rows.add(SetRow.of(remains)));
            catalog.problems().forEach(problem -> rows.add(SetRow.of(problem, texts)));
            catalog.sets().forEach(set -> rows.add(SetRow.of(set)));
        }
        List<RunRecord> runs = new ArrayList<>(engine.history().list());
        runs.addAll(also);
        List<Path> folders = rows.stream().map(SetRow::folder).toList();
        return new Found(finding, rows, Verdicts.onFound(runs, folders));
    }

    private void show(String text, Found found) {
        if (!text.equals(folder.text().get())) {
            return;
        }
        boolean fine =
                switch (found.finding()) {
                    case GOOD, NOT_WRITABLE, WILL_BE_MADE -> true;
                    case MISSING, NO_PATH, RELATIVE, IS_A_FILE -> false;
                };
        folder.setError(fine ? "" : texts.of("folder", found.finding()));
        showRows(found);
    }

    private void showRows(Found found) {
        verdicts = found.verdicts();
        replaceRows(found.rows().stream().map(this::asJudged).toList());
    }

    private SetRow asJudged(SetRow row) {
        RunRecord verdict = verdicts.on(row.folder());
        return verdict == null || row.set() == null
                ? row
                : row.judged(
                        verdicts.isDamaged(row.folder())
                                ? SetRow.State.DAMAGED
                                : SetRow.State.VERIFIED,
                        VerdictWords.sentence(verdict, texts));
    }

    private void replaceRows(List<SetRow> now) {
        SetRow before = selected.get();
        if (!rows.equals(now)) {
            rows.setAll(now);
        }
        select(before == null ? null : before.folder());
    }

    /** Selects a set by its folder. */
    public void select(@Nullable Path set) {
        selected.set(
                rows.stream().filter(row -> row.folder().equals(set)).findFirst().orElse(null));
    }

    /** Turns to a set, wherever it lies. */
    public void show(Path set) {
        show(set, () -> {});
    }

    /** Turns to a set and verifies it. */
    public void verify(Path set) {
        show(set, this::verify);
    }

    /** The list, and the set to turn to as it has it. */
    private record Shown(Found found, Path set) {}

    private void show(Path set, Runnable then) {
        String text = folder.text().get();
        List<RunRecord> also = List.copyOf(notKept);
        background.run(
                () -> new Shown(list(text, also), RunHistory.canonical(set)),
                shown -> {
                    showRows(shown.found());
                    select(shown.set());
                    then.run();
                },
                notices::error);
    }

    /** Verifies the selected set: reads every byte of it. */
    public void verify() {
        SetRow row = selected.get();
        if (row == null || verification != null) {
            return;
        }
        Verification now = new Verification(engine, row.folder());
        verification = now;
        verifying.set(true);
        sample();
        background.run(now::run, this::verified, this::verifyFailed);
    }

    /** Stops the verification; it has no verdict then. */
    public void stopVerifying() {
        if (verification != null) {
            verification.stop();
        }
    }

    /** Looks how far the verification is. */
    public void sample() {
        verified.set(verification == null ? 0 : verification.fraction());
    }

    private void verified(SetCheck check) {
        verificationEnded();
        IOException why = check.notKept();
        if (why != null) {
            notKept.add(check.run());
            notices.error(why);
        }
        switch (check.run().finding()) {
            case GOOD, DAMAGED -> refresh();
            case NONE -> {
                if (check.report().cancelled()) {
                    notices.info(texts.get("sets.verify.stopped"));
                } else {
                    notices.error(
                            texts.tell(Objects.requireNonNull(check.run().told(), "it has ended")));
                }
            }
        }
    }

    private void verifyFailed(Exception failure) {
        verificationEnded();
        notices.error(failure);
        refresh();
    }

    private void verificationEnded() {
        verification = null;
        verifying.set(false);
        sample();
    }

    /** Removes what an unfinished run left in the selected folder. */
    public void removeRemains() {
        SetRow row = selected.get();
        Remains remains = row == null ? null : row.remains();
        if (remains != null) {
            background.run(
                    () -> {
                        remains.remove();
                        return remains.directory();
                    },
                    removed -> {
                        notices.info(texts.get("sets.removed", removed));
                        refresh();
                    },
                    notices::error);
        }
    }

    /** The folder to look under. */
    public Field folder() {
        return folder;
    }

    /** What was found: remains and problems first, then sets, the newest first. */
    public ObservableList<SetRow> rows() {
        return rows;
    }

    /** The selected row; null for none. */
    public ObjectProperty<@Nullable SetRow> selected() {
        return selected;
    }

    /** Whether a verification runs. */
    public ReadOnlyBooleanProperty verifying() {
        return verifying.getReadOnlyProperty();
    }

    /** How far it is, from 0 to 1. */
    public ReadOnlyDoubleProperty verifiedFraction() {
        return verified.getReadOnlyProperty();
    }
}
