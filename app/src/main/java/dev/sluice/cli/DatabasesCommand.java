package dev.sluice.cli;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.BackupRecord;
import dev.sluice.job.BackupRule;
import dev.sluice.job.JobKind;
import dev.sluice.job.KnownBackup;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SettingsStore;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SqlSession;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code sluice databases}. */
@Command(
        name = "databases",
        description = {
            "Lists the databases of a server, when the last backup of each was finished, and who"
                    + " made it: Sluice, or another tool that the server's own record (msdb) tells"
                    + " of.",
            "The embedded server has a sample, SluiceSample, from its first use on."
        },
        footer = {
            "Example:",
            "  sluice databases --json",
            "",
            "JSON fields: name, state, recoveryModel, sizeBytes, backupState, logState,",
            "  lastBackup, lastBackupType, lastBackupCopyOnly, lastBackupSource,",
            "  lastBackupUser, lastLogBackup.",
            "  lastBackupSource is sluice, or server where only its record has the backup;",
            "  lastBackupUser is the login that made the latter, null when not known;",
            "  backupState is good, overdue, failed, never, unknown where the server does not",
            "  tell of its backups, or log where only the log has no recent backup; a set that",
            "  did not pass its last verification counts as failed; logState is good, overdue",
            "  or never. Overdue is what the settings of the window say, 24 hours unless changed."
        })
final class DatabasesCommand extends SluiceSubcommand {

    @Mixin private ServerOption server = new ServerOption();
    @Mixin private SecretOptions secret = new SecretOptions();
    @Mixin private JsonOption json = new JsonOption();

    DatabasesCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        unlock(server.name(), secret);
        SluiceEngine engine = context().engineToWorkOn(server.name());
        List<DatabaseInfo> databases;
        BackupRecord record;
        try (SqlSession session = engine.server(server.name()).connect()) {
            databases = session.databases();
            record = BackupRecord.read(session);
        }
        RunHistory.Contents history = engine.history().read();
        BackupRule rule = SettingsStore.of(engine.folders()).load().backupRule();
        Map<String, BackupHealth> judged =
                rule.judge(server.name(), databases, history.runs(), record, Instant.now());
        if (json.wanted()) {
            Json.print(Json.array(databases, database -> node(database, judged)), out());
        } else {
            print(databases, judged);
        }
        tellLeftOut(history.newer());
        tellOfGap(record);
        return ExitCode.DONE;
    }

    private static BackupHealth health(DatabaseInfo database, Map<String, BackupHealth> judged) {
        return Objects.requireNonNull(judged.get(database.name()), database.name());
    }

    private static ObjectNode node(DatabaseInfo database, Map<String, BackupHealth> judged) {
        BackupHealth health = health(database, judged);
        Optional<KnownBackup> last = health.last();
        return Json.object()
                .put("name", database.name())
                .put("state", Json.word(database.state()))
                .put("recoveryModel", database.recoveryModel())
                .put("sizeBytes", database.sizeBytes())
                .put("backupState", Json.word(health.state()))
                .put("logState", Json.word(health.log()))
                .put("lastBackup", moment(last))
                .put("lastBackupType", last.map(KnownBackup::type).orElse(null))
                .put("lastBackupCopyOnly", last.map(KnownBackup::copyOnly).orElse(null))
                .put("lastBackupSource", last.map(DatabasesCommand::source).orElse(null))
                .put("lastBackupUser", last.map(DatabasesCommand::user).orElse(null))
                .put("lastLogBackup", moment(health.lastOfLog()));
    }

    private static @Nullable String moment(Optional<KnownBackup> backup) {
        return backup.map(KnownBackup::finished).map(Instant::toString).orElse(null);
    }

    private static String source(KnownBackup backup) {
        return switch (backup) {
            case KnownBackup.Own _ -> "sluice";
            case KnownBackup.Recorded _ -> "server";
        };
    }

    private static @Nullable String user(KnownBackup backup) {
        return switch (backup) {
            case KnownBackup.Own _ -> null;
            case KnownBackup.Recorded recorded ->
                    recorded.backup().user().isEmpty() ? null : recorded.backup().user();
        };
    }

    private static String maker(KnownBackup backup) {
        return switch (backup) {
            case KnownBackup.Own own -> "Sluice, " + own.run().trigger();
            case KnownBackup.Recorded recorded -> recorded.backup().user();
        };
    }

    private void print(List<DatabaseInfo> databases, Map<String, BackupHealth> judged) {
        TextTable table =
                new TextTable(
                        "NAME",
                        "STATE",
                        "RECOVERY",
                        " SIZE",
                        "BACKUPS",
                        "LAST BACKUP",
                        "TYPE",
                        "BY");
        for (DatabaseInfo database : databases) {
            BackupHealth health = health(database, judged);
            Optional<KnownBackup> last = health.last();
            table.add(
                    database.name(),
                    Json.word(database.state()),
                    database.recoveryModel(),
                    Text.bytes(database.sizeBytes()),
                    judgement(health),
                    last.map(KnownBackup::finished).map(Text::moment).orElseGet(() -> none(health)),
                    last.map(DatabasesCommand::type).orElse(""),
                    last.map(DatabasesCommand::maker).orElse(""));
        }
        table.print(out());
    }

    /** How well the database is backed up, and what its log lacks. */
    private static String judgement(BackupHealth health) {
        if (isDoubted(health)) {
            return "failed verification";
        }
        String ofLog = "log " + Json.word(health.log());
        return switch (health.state()) {
            case LOG -> ofLog;
            case FAILED, OVERDUE, NEVER, UNKNOWN, GOOD ->
                    Json.word(health.state())
                            + (health.log() == BackupHealth.Log.NEVER ? ", " + ofLog : "");
        };
    }

    private static boolean isDoubted(BackupHealth health) {
        RunRecord failure = health.failure();
        return failure != null && failure.kind() != JobKind.BACKUP;
    }

    /** Never is said only where somebody would know. */
    private static String none(BackupHealth health) {
        if (health.failure() != null && health.own() != null) {
            return "no good one";
        }
        return health.state() == BackupHealth.State.NEVER ? "never" : "none by Sluice";
    }

    private static String type(KnownBackup backup) {
        String type = Objects.requireNonNullElse(backup.type(), "");
        return backup.copyOnly() ? type + ", copy-only" : type;
    }

    private void tellOfGap(BackupRecord record) {
        switch (record.gap()) {
            case NONE -> {}
            case NOT_PERMITTED ->
                    warn(
                            "this login may not read msdb. Add it to db_datareader there, or grant"
                                    + " it SELECT on msdb.dbo.backupset and"
                                    + " msdb.dbo.backupmediafamily.");
            case NOT_READ ->
                    warn("the server's record of backups could not be read. " + record.problem());
        }
    }

    private void warn(String why) {
        context().terminal().err().println("Only backups by Sluice are shown: " + why);
        context().terminal().err().flush();
    }
}
