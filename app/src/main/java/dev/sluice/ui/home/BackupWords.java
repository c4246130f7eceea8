package dev.sluice.ui.home;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.KnownBackup;
import dev.sluice.ui.common.Ages;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.TriggerWords;
import dev.sluice.ui.common.TypeText;

import java.time.Instant;
import java.util.stream.Collectors;

/** What is known of a database's backups, in the language of the window. */
final class BackupWords {

    private final Texts texts;

    BackupWords(Texts texts) {
        this.texts = texts;
    }

    /** How long ago the last backup was made, and what it is. */
    String ofLast(KnownBackup backup, Instant now) {
        return texts.get(
                "databases.lastBackup", Ages.of(backup.finished(), now, texts), type(backup));
    }

    /** That none is known: never is said only where somebody would know. */
    String ofNone(BackupHealth health) {
        if (health.failure() != null && health.own() != null) {
            return texts.get("home.noneGood");
        }
        return health.state() == BackupHealth.State.NEVER
                ? texts.get("databases.neverBackedUp")
                : texts.get("databases.noneBySluice");
    }

    /** Who made a backup. */
    String ofSource(KnownBackup backup) {
        return switch (backup) {
            case KnownBackup.Own own ->
                    texts.get("home.by.sluice", TriggerWords.started(own.run().trigger(), texts));
            case KnownBackup.Recorded recorded when recorded.backup().user().isEmpty() ->
                    texts.get("home.by.unknown");
            case KnownBackup.Recorded recorded ->
                    texts.get("home.by.other", recorded.backup().user());
        };
    }

    /** A line for the last backup of each type: when it was, who made it, where it went. */
    String ofAll(BackupHealth health) {
        return health.backups().stream().map(this::line).collect(Collectors.joining("\n"));
    }

    private String line(KnownBackup backup) {
        String line =
                texts.get(
                        "home.backup",
                        type(backup),
                        Formats.dateAndMinute(backup.finished()),
                        ofSource(backup));
        String place = place(backup);
        return place.isEmpty() ? line : texts.get("home.backup.to", line, place);
    }

    private static String place(KnownBackup backup) {
        return switch (backup) {
            case KnownBackup.Own own -> own.run().set() == null ? "" : own.run().set().toString();
            case KnownBackup.Recorded recorded -> recorded.backup().device();
        };
    }

    private String type(KnownBackup backup) {
        String type = backup.type() == null ? "" : TypeText.ofHistory(backup.type(), texts);
        return backup.copyOnly() ? texts.get("home.copyOnly", type) : type;
    }

    /**
     * When the last backup was that holds data, where the last of all is one of the log; empty
     * where that one is shown anyway, or is not known.
     */
    String ofData(BackupHealth health, Instant now) {
        return health.last()
                .filter(KnownBackup::isOfLog)
                .flatMap(log -> health.lastOfData())
                .map(
                        data ->
                                texts.get(
                                        "home.lastData",
                                        type(data),
                                        Ages.of(data.finished(), now, texts)))
                .orElse("");
    }

    /** What is to be said of the backups of a log, in short; empty when all is well. */
    String ofLog(BackupHealth health, Instant now) {
        return switch (health.log()) {
            case GOOD -> "";
            case NEVER -> texts.get("home.log.never");
            case OVERDUE -> texts.get("home.log.overdue", ageOfLog(health, now));
        };
    }

    /** The same at length. */
    String aboutLog(DatabaseRow row, Instant now) {
        return switch (row.health().log()) {
            case GOOD -> "";
            case NEVER -> texts.get("home.log.never.about", row.info().recoveryModel());
            case OVERDUE -> texts.get("home.log.overdue.about", ageOfLog(row.health(), now));
        };
    }

    private String ageOfLog(BackupHealth health, Instant now) {
        return health.lastOfLog().map(last -> Ages.of(last.finished(), now, texts)).orElse("");
    }
}
