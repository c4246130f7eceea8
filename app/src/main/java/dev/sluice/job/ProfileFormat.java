package dev.sluice.job;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;

import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;

/** A profile as JSON. Fields that this version does not know are left where they are. */
final class ProfileFormat {

    static final NamedFiles.Format<Profile> FORMAT =
            new NamedFiles.Format<>(
                    "profile", 1, Profile::name, ProfileFormat::read, ProfileFormat::write);

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
                fields.text("database"),
                BackupType.of(fields.text("type")),
                fields.flag("copyOnly"),
                fields.flag("checksum"),
                fields.path("destination"),
                fields.smallNumber("devices"),
                transfer(fields),
                fields.number("limitRate"));
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
        body.put("server", request.server())
                .put("database", request.database())
                .put("type", request.type().word())
                .put("copyOnly", request.copyOnly())
                .put("checksum", request.checksum())
                .put("destination", request.destination().toAbsolutePath().toString())
                .put("devices", request.devices());
        write(request.transfer(), request.limitRate(), body);
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
