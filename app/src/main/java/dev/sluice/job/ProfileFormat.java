package dev.sluice.job;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Scope;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;

/** A profile as JSON. Fields that this version does not know are left where they are. */
final class ProfileFormat {

    static final NamedFiles.Format<Profile> FORMAT =
            new NamedFiles.Format<>(
                    "profile", 2, Profile::name, ProfileFormat::read, ProfileFormat::write);

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
                scope(fields),
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

    private static Scope scope(JsonFields fields) {
        List<String> files = fields.textsOrNone("files");
        List<String> filegroups = fields.textsOrNone("filegroups");
        if (fields.flagOr("partial", false)) {
            return new Scope.ReadWriteFilegroups(filegroups);
        }
        return files.isEmpty() && filegroups.isEmpty()
                ? new Scope.WholeDatabase()
                : new Scope.Files(files, filegroups);
    }

    private static RestoreRequest restore(JsonFields fields) {
        return new RestoreRequest(
                fields.text("server"),
                fields.path("set"),
                fields.textOrNull("database"),
                fields.flag("replace"),
                fields.flag("noRecovery"),
                transfer(fields),
                fields.number("limitRate"));
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
        write(request.scope(), body);
        write(options.transfer(), request.limitRate(), body);
    }

    private static void write(Scope scope, ObjectNode body) {
        List<String> files = List.of();
        List<String> filegroups = List.of();
        switch (scope) {
            case Scope.WholeDatabase _ -> {}
            case Scope.Files some -> {
                files = some.files();
                filegroups = some.filegroups();
            }
            case Scope.ReadWriteFilegroups partial -> filegroups = partial.readOnly();
        }
        body.put("partial", scope instanceof Scope.ReadWriteFilegroups);
        JsonFields.put(body, "files", files);
        JsonFields.put(body, "filegroups", filegroups);
    }

    private static void write(RestoreRequest request, ObjectNode body) {
        body.put("server", request.server())
                .put("set", request.set().toAbsolutePath().toString())
                .put("database", request.database())
                .put("replace", request.replace())
                .put("noRecovery", request.noRecovery());
        write(request.transfer(), request.limitRate(), body);
    }

    private static void write(TransferOptions transfer, long limitRate, ObjectNode body) {
        body.put("blockSize", transfer.blockSize())
                .put("bufferCount", transfer.bufferCount())
                .put("maxTransferSize", transfer.maxTransferSize())
                .put("limitRate", limitRate);
    }
}
