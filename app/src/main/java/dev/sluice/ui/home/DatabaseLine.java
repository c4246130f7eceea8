package dev.sluice.ui.home;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.JobKind;
import dev.sluice.job.KnownBackup;
import dev.sluice.job.RunRecord;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A database: how well it is backed up, its name, its last backup, and what can be done. */
final class DatabaseLine extends HBox {

    /** Of the message of a server, which may be long, and is in the tooltip, some lines. */
    private static final class Note extends Label {

        private static final double MOST_HEIGHT_IN_EM = 4.2;

        Note() {
            setWrapText(true);
        }

        @Override
        protected double computeMinHeight(double width) {
            return Math.min(computePrefHeight(width), MOST_HEIGHT_IN_EM * getFont().getSize());
        }
    }

    /** A narrower line has the last backup below the name, and its buttons without words. */
    private static final double LEAST_WIDTH_IN_EM = 48;

    private final Texts texts;
    private final BackupWords backupWords;
    private final Label state = new Label();
    private final Label name = new Label();
    private final Label note = new Note();
    private final Label last = new Label();
    private final Label source = new Label();
    private final VBox backup = new VBox(last, source);
    private final Tooltip backups = new Tooltip();
    private final Label size = new Label();
    private final Label lastBelow = new Label();
    private final Label sourceBelow = new Label();
    private final VBox below = new VBox(lastBelow, sourceBelow);
    private final VBox text = new VBox(name, below, note);
    private final Button backUp;
    private final Button restore;
    private @Nullable DatabaseRow shown;

    DatabaseLine(Texts texts, HomeController.Choices choices) {
        this.texts = texts;
        this.backupWords = new BackupWords(texts);
        backUp = button("home-back-up", "fth-download", texts.get("home.backUp"));
        restore = button("home-restore", "fth-rotate-ccw", texts.get("home.restore"));
        backUp.setOnAction(event -> act(choices::backUp));
        restore.setOnAction(event -> act(choices::restore));
        getStyleClass().add("home-database");
        setAlignment(Pos.CENTER_LEFT);
        state.getStyleClass().add("home-state");
        state.setMinWidth(USE_PREF_SIZE);
        name.getStyleClass().add("home-name");
        note.getStyleClass().addAll("quiet", "home-note");
        source.getStyleClass().add("quiet");
        sourceBelow.getStyleClass().add("quiet");
        // what is known of a backup is not to be guessed from its first words
        Stream.of(state, name, last, source, lastBelow, sourceBelow)
                .forEach(
                        label -> {
                            label.setWrapText(true);
                            label.setMinHeight(USE_PREF_SIZE);
                        });
        lastBelow.textProperty().bind(last.textProperty());
        sourceBelow.textProperty().bind(source.textProperty());
        text.getStyleClass().add("home-text");
        backup.getStyleClass().add("home-last");
        backup.setAlignment(Pos.CENTER_LEFT);
        size.getStyleClass().addAll("number", "quiet", "home-size");
        size.setMinWidth(USE_PREF_SIZE);
        text.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox.setHgrow(backup, Priority.ALWAYS);
        getChildren().setAll(state, text, backup, size, backUp, restore);
        Nodes.show(below, false);
        widthProperty().subscribe(this::fit);
        name.fontProperty().subscribe(this::fit);
    }

    private void fit() {
        double width = getWidth();
        boolean isNarrow = width > 0 && width < LEAST_WIDTH_IN_EM * name.getFont().getSize();
        if (isNarrow != below.isVisible()) {
            Nodes.show(below, isNarrow);
            Nodes.show(backup, !isNarrow);
            ContentDisplay words = isNarrow ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT;
            backUp.setContentDisplay(words);
            restore.setContentDisplay(words);
        }
    }

    private static Button button(String id, String icon, String text) {
        Button button = new Button(text, Icons.icon(icon));
        button.setId(id);
        button.getStyleClass().addAll("small", "home-button");
        button.setMinWidth(USE_PREF_SIZE);
        button.setTooltip(new Tooltip(text));
        return button;
    }

    private void act(Consumer<DatabaseRow> action) {
        if (shown != null) {
            action.accept(shown);
        }
    }

    void show(DatabaseRow row, Instant now) {
        shown = row;
        BackupHealth health = row.health();
        Nodes.mark(state, "health-is-", health.state());
        state.setText(texts.of("home.state", health.state()));
        state.setGraphic(Icons.of(health.state()));
        name.setText(row.info().name());
        name.setGraphic(Icons.of(row.info().state()));
        showNote(row, now);
        KnownBackup newest = health.last().orElse(null);
        last.setText(newest == null ? backupWords.ofNone(health) : backupWords.ofLast(newest, now));
        source.setText(newest == null ? "" : backupWords.ofSource(newest));
        Nodes.show(source, newest != null);
        Nodes.show(sourceBelow, newest != null);
        backups.setText(backupWords.ofAll(health));
        Stream.of(last, source, lastBelow, sourceBelow)
                .forEach(label -> label.setTooltip(newest == null ? null : backups));
        size.setText(Formats.bytes(row.info().sizeBytes()));
        backUp.setDisable(row.info().state() != DatabaseInfo.State.ONLINE);
        restore.setDisable(!hasSet(row));
        backUp.setAccessibleText(texts.get("home.backUp.of", row.info().name()));
        restore.setAccessibleText(texts.get("home.restore.of", row.info().name()));
    }

    /** Whether there is a backup of Sluice's own to restore. */
    static boolean hasSet(DatabaseRow row) {
        RunRecord own = row.health().own();
        return own != null && own.set() != null;
    }

    /** The line in words, for those who do not see it. */
    String words() {
        return Stream.of(name, state, last, source, note)
                .map(Label::getText)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private void showNote(DatabaseRow row, Instant now) {
        String text = trouble(row);
        String data = backupWords.ofData(row.health(), now);
        // the last backup may be one of the log that frees nothing of it
        boolean isLogOverdue = row.health().state() == BackupHealth.State.LOG;
        boolean isOfLog = text.isEmpty() && (data.isEmpty() || isLogOverdue);
        note.setText(isOfLog ? backupWords.ofLog(row.health(), now) : text.isEmpty() ? data : text);
        String about = isOfLog ? backupWords.aboutLog(row, now) : text;
        note.setTooltip(about.isEmpty() ? null : new Tooltip(about));
        note.setGraphic(
                isOfLog && !note.getText().isEmpty() ? Icons.of(BackupHealth.State.LOG) : null);
        Nodes.show(note, !note.getText().isEmpty());
    }

    private String trouble(DatabaseRow row) {
        RunRecord failure = row.health().failure();
        if (failure != null && failure.told() != null) {
            String told = texts.tell(failure.told()).lines().findFirst().orElse("");
            // it tells what is wrong, and not of what
            return failure.kind() == JobKind.CHECK ? texts.get("home.damaged", told) : told;
        }
        return row.info().state() == DatabaseInfo.State.ONLINE
                ? ""
                : texts.of("databases.state", row.info().state());
    }
}
