package dev.sluice.job;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/** A profile as JSON. Fields that this version does not know are left where they are. */
final class ProfileFormat {

    static final NamedFiles.Format<Profile> FORMAT =
            new NamedFiles.Format<>(
                    "profile", 3, Profile::name, ProfileFormat::read, ProfileFormat::write);

    private ProfileFormat() {}

    private static Profile read(JsonFields fields) {
        String kind = fields.text("kind");
        JobRequest request =
                switch (kind) {
                    case "backup" -> backup(fields.object(kind));
                    case "restore" -> restore(fields.object(kind));
                    default ->
                            throw new IllegalArgumentException(
                                    "\"" + kind + "\" is no kind of job; use backup or restore");
                };
        return new Profile(fields.text("name"), request);
    }

    private static void write(Profile profile, ObjectNode tree) {
        String kind = profile.request().kind().name().toLowerCase(Locale.ROOT);
        tree.put("name", profile.name());
        tree.put("kind", kind);
        for (JobKind other : JobKind.values()) {
            if (other != profile.request().kind()) {
                tree.remove(other.name().toLowerCase(Locale.ROOT));
            }
        }
        ObjectNode body = tree.withObjectProperty(kind);
        switch (profile.request()) {
            case BackupRequest backup -> write(backup, body);
            case RestoreRequest restore -> write(restore, body);
        }
    }

    private static BackupRequest backup(JsonFields fields) {
        return new BackupRequest(
                fields.text("server"),
                // version 1 had one
                fields.has("databases")
                        ? fields.texts("databases")
                        : List.of(fields.text("database")),
                BackupType.of(fields.text("type")),
                scope(fields, "partial"),
                new BackupStatement.Options(
                        fields.flag("copyOnly"),
                        fields.flag("checksum"),
                        true,
                        Compression.of(fields.textOr("compression", "")),
                        transfer(fields),
                        (int) fields.numberOr("stats", 0),
                        fields.textOr("name", ""),
                        fields.textOr("description", ""),
                        TailLog.of(
                                fields.flagOr("noRecovery", false),
                                fields.flagOr("noTruncate", false))),
                fields.path("destination"),
                fields.smallNumber("devices"),
                fields.number("limitRate"));
    }

    /**
     * @param partial name of the flag for a partial backup
     */
    private static Scope scope(JsonFields fields, String partial) {
        List<String> files = fields.textsOrNone("files");
        List<String> filegroups = fields.textsOrNone("filegroups");
        if (fields.flagOr(partial, false)) {
            return new Scope.ReadWriteFilegroups(filegroups);
        }
        return files.isEmpty() && filegroups.isEmpty()
                ? new Scope.WholeDatabase()
                : new Scope.Files(files, filegroups);
    }

    private static RestoreRequest restore(JsonFields fields) {
        return new RestoreRequest(
                fields.text("server"),
                // versions 1 and 2 had one
                fields.has("sets")
                        ? fields.texts("sets").stream().map(Path::of).toList()
                        : List.of(fields.path("set")),
                fields.textOrNull("database"),
                new RestoreRequest.Options(
                        fields.flag("replace"),
                        fields.flagOr("checksum", false),
                        recovery(fields),
                        stopAt(fields),
                        scope(fields, "readWriteFilegroups"),
                        fields.flagOr("partial", false),
                        moves(fields),
                        fields.textOrNull("dataFolder"),
                        fields.textOrNull("logFolder"),
                        fields.flagOr("closeConnections", false)),
                transfer(fields),
                fields.number("limitRate"));
    }

    private static Recovery recovery(JsonFields fields) {
        if (fields.has("standby")) {
            return new Recovery.Standby(fields.text("standby"));
        }
        return fields.flag("noRecovery") ? new Recovery.NoRecovery() : new Recovery.Recover();
    }

    private static StopAt stopAt(JsonFields fields) {
        LocalDateTime after = time(fields, "stopAfter");
        if (fields.has("stopAtMark")) {
            return new StopAt.AtMark(fields.text("stopAtMark"), after);
        }
        if (fields.has("stopBeforeMark")) {
            return new StopAt.BeforeMark(fields.text("stopBeforeMark"), after);
        }
        LocalDateTime time = time(fields, "stopAt");
        return time == null ? new StopAt.End() : new StopAt.Time(time);
    }

    private static @Nullable LocalDateTime time(JsonFields fields, String name) {
        String text = fields.textOrNull(name);
        try {
            return text == null ? null : LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "field \"%s\" is \"%s\" where a time such as 2026-01-31T09:30:00 belongs"
                            .formatted(name, text),
                    e);
        }
    }

    private static List<RestoreStatement.Move> moves(JsonFields fields) {
        return fields.objectsOrNone("moves").stream()
                .map(move -> new RestoreStatement.Move(move.text("file"), move.text("to")))
                .toList();
    }

    private static TransferOptions transfer(JsonFields fields) {
        return new TransferOptions(
                fields.smallNumber("blockSize"),
                fields.smallNumber("bufferCount"),
                fields.smallNumber("maxTransferSize"));
    }

    private static void write(BackupRequest request, ObjectNode body) {
        BackupStatement.Options options = request.options();
        body.remove("database");
        body.put("server", request.server())
                .put("type", request.type().word())
                .put("copyOnly", options.copyOnly())
                .put("checksum", options.checksum())
                .put("compression", options.compression().word())
                .put("stats", options.stats())
                .put("name", options.name())
                .put("description", options.description())
                .put("noRecovery", options.tail().noRecovery())
                .put("noTruncate", options.tail().noTruncate())
                .put("destination", request.destination().toAbsolutePath().toString())
                .put("devices", request.devices());
        JsonFields.put(body, "databases", request.databases());
        write(request.scope(), "partial", body);
        write(options.transfer(), request.limitRate(), body);
    }

    private static void write(Scope scope, String partial, ObjectNode body) {
        List<String> files = List.of();
        List<String> filegroups = List.of();
        switch (scope) {
            case Scope.WholeDatabase _ -> {}
            case Scope.Files some -> {
                files = some.files();
                filegroups = some.filegroups();
            }
            case Scope.ReadWriteFilegroups some -> filegroups = some.readOnly();
        }
        body.put(partial, scope instanceof Scope.ReadWriteFilegroups);
        JsonFields.put(body, "files", files);
        JsonFields.put(body, "filegroups", filegroups);
    }

    private static void write(RestoreRequest request, ObjectNode body) {
        RestoreRequest.Options options = request.options();
        body.remove("set");
        body.put("server", request.server())
                .put("database", request.database())
                .put("replace", options.replace())
                .put("checksum", options.checksum())
                .put("noRecovery", request.noRecovery())
                .put(
                        "standby",
                        options.recovery() instanceof Recovery.Standby standby
                                ? standby.undoFile()
                                : null)
                .put("partial", options.partial())
                .put("dataFolder", options.dataFolder())
                .put("logFolder", options.logFolder())
                .put("closeConnections", options.closeConnections());
        JsonFields.put(
                body,
                "sets",
                request.sets().stream().map(set -> set.toAbsolutePath().toString()).toList());
        write(options.stopAt(), body);
        write(options.scope(), "readWriteFilegroups", body);
        ArrayNode moves = body.putArray("moves");
        options.moves()
                .forEach(
                        move ->
                                moves.addObject()
                                        .put("file", move.logicalName())
                                        .put("to", move.path()));
        write(request.transfer(), request.limitRate(), body);
    }

    private static void write(StopAt stopAt, ObjectNode body) {
        body.put("stopAt", text(stopAt.time()))
                .put("stopAtMark", stopAt.atMark())
                .put("stopBeforeMark", stopAt.beforeMark())
                .put("stopAfter", text(stopAt.after()));
    }

    private static @Nullable String text(@Nullable LocalDateTime time) {
        return time == null ? null : time.toString();
    }

    private static void write(TransferOptions transfer, long limitRate, ObjectNode body) {
        body.put("blockSize", transfer.blockSize())
                .put("bufferCount", transfer.bufferCount())
                .put("maxTransferSize", transfer.maxTransferSize())
                .put("limitRate", limitRate);
    }
}
