package dev.sluice.cli;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.JobRequest;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobSnapshot.EndedLeg;
import dev.sluice.job.JobSnapshot.Sequence;
import dev.sluice.job.Profile;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.RunRecord;
import dev.sluice.job.ServerDefinition;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;
import dev.sluice.sql.mssql.ConnectionSettings;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What commands print with {@code --json}. Fields are only ever added. Sizes are bytes, spans
 * milliseconds, moments ISO 8601 in UTC, states lower case; what is unknown is null.
 */
final class Json {

    /** What help says about the fields of a profile. */
    static final String PROFILE_FIELDS =
            "JSON fields: name, kind, server, database, databases, type, copyOnly, checksum,%n "
                + " compression, destination, devices, sets, set, replace, noRecovery, standby,%n "
                + " stopAt, stopAtMark, stopBeforeMark, stopAfter, moves, dataFolder, logFolder,%n "
                + " closeConnections, blockSize, bufferCount, maxTransferSize, limitRate; those"
                + " of%n  a backup or those of a restore. A move has a file and a path.";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An array of what the function makes of each item. */
    static <T> ArrayNode array(Collection<T> items, Function<T, ? extends JsonNode> form) {
        ArrayNode array = MAPPER.createArrayNode();
        items.forEach(item -> array.add(form.apply(item)));
        return array;
    }

    /** An array of texts. */
    static ArrayNode texts(Collection<String> texts) {
        return array(texts, MAPPER.getNodeFactory()::stringNode);
    }

    static void print(JsonNode node, PrintWriter out) {
        out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node));
        out.flush();
    }

    /** A word for a constant, such as {@code completed}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A job that has ended. Of several runs, the statement and the set are the last one's. */
    static ObjectNode of(JobSnapshot job) {
        ObjectNode node = object();
        node.put("id", job.id())
                .put("kind", word(job.kind()))
                .put("server", job.server())
                .put("database", job.database())
                .put("state", word(job.state()))
                .put("started", job.started().toString())
                .put("durationMillis", job.elapsed().toMillis())
                .put("bytes", job.progress().bytesDone())
                .put("averageBytesPerSecond", (long) job.progress().averageBytesPerSecond())
                .put("devices", job.devices().size())
                .put("statement", job.statement())
                .put("set", text(job.set()))
                .put("result", job.result())
                .put("cancelTooLate", job.cancelTooLate());
        node.set("runs", array(runs(job), Json::of));
        return node;
    }

    /** The runs of a job that has ended, without those that only looked at something for it. */
    private static List<EndedLeg> runs(JobSnapshot job) {
        if (job.sequence().equals(Sequence.ALONE)) {
            return List.of(
                    new EndedLeg(job.id(), job.kind(), job.database(), job.state(), job.told()));
        }
        return job.sequence().ended().stream().filter(leg -> leg.kind() == job.kind()).toList();
    }

    /** One of the runs of a job; by its id, the history tells more of it. */
    private static ObjectNode of(EndedLeg run) {
        return object().put("id", run.id())
                .put("database", run.database())
                .put("state", word(run.state()))
                .put("result", run.result());
    }

    /** A row of the history. */
    static ObjectNode of(RunRecord run) {
        return object().put("id", run.id())
                .put("kind", word(run.kind()))
                .put("server", run.server())
                .put("database", run.database())
                .put("type", run.type())
                .put("outcome", word(run.outcome()))
                .put("started", run.started().toString())
                .put("durationMillis", run.duration().toMillis())
                .put("bytes", run.bytes())
                .put("trigger", run.trigger())
                .put("statement", run.statement())
                .put("set", text(run.set()))
                .put("result", run.result())
                .put("finding", word(run.finding()));
    }

    /** A profile, with everything it asks for. */
    static ObjectNode of(Profile profile) {
        ObjectNode node = object().put("name", profile.name());
        JobRequest request = profile.request();
        node.put("kind", word(request.kind())).put("server", request.server());
        switch (request) {
            case BackupRequest backup -> put(backup, node);
            case RestoreRequest restore -> put(restore, node);
        }
        return node;
    }

    /** A server, with everything but its secret. */
    static ObjectNode of(ServerDefinition server) {
        ConnectionSettings connection = server.connection();
        return object().put("name", server.name())
                .put("host", connection.host())
                .put("port", connection.port() == 0 ? null : connection.port())
                .put("instance", connection.instance())
                .put("encryption", connection.encryption().word())
                .put("trustedCertificate", text(connection.trustedCertificate()))
                .put("certificateHost", connection.hostNameInCertificate())
                .put("login", connection.login().kind().word())
                .put("user", connection.login().user())
                .put("secret", server.secret().word());
    }

    private static void put(BackupRequest backup, ObjectNode node) {
        BackupStatement.Options options = backup.options();
        node.put("database", backup.databasesInWords());
        node.set("databases", texts(backup.databases()));
        node.put("type", backup.type().word())
                .put("copyOnly", options.copyOnly())
                .put("checksum", options.checksum())
                .put("compression", options.compression().word())
                .put("destination", backup.destination().toString())
                .put("devices", backup.devices());
        put(options.transfer(), backup.limitRate(), node);
    }

    private static void put(RestoreRequest restore, ObjectNode node) {
        RestoreRequest.Options options = restore.options();
        node.put("database", restore.database()).put("set", restore.lastSet().toString());
        node.set("sets", texts(restore.sets().stream().map(Path::toString).toList()));
        node.put("replace", options.replace())
                .put("checksum", options.checksum())
                .put("noRecovery", restore.noRecovery())
                .put(
                        "standby",
                        options.recovery() instanceof Recovery.Standby standby
                                ? standby.undoFile()
                                : null);
        put(options.stopAt(), node);
        node.set(
                "moves",
                array(
                        options.moves(),
                        move -> object().put("file", move.logicalName()).put("path", move.path())));
        node.put("dataFolder", options.dataFolder())
                .put("logFolder", options.logFolder())
                .put("closeConnections", options.closeConnections());
        put(restore.transfer(), restore.limitRate(), node);
    }

    private static void put(StopAt stop, ObjectNode node) {
        node.put("stopAt", text(stop.time()))
                .put("stopAtMark", stop.atMark())
                .put("stopBeforeMark", stop.beforeMark())
                .put("stopAfter", text(stop.after()));
    }

    private static void put(TransferOptions transfer, long limitRate, ObjectNode node) {
        node.put("blockSize", transfer.blockSize())
                .put("bufferCount", transfer.bufferCount())
                .put("maxTransferSize", transfer.maxTransferSize())
                .put("limitRate", limitRate);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
