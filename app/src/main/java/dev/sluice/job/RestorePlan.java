package dev.sluice.job;

import dev.sluice.media.BackupSet;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseAccess;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.Scope;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TSql;
import dev.sluice.sql.UserAccess;
import dev.sluice.sql.VolumeSpace;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a restore job is going to do. Its legs run one after another and share it: the first checks
 * the request against the server and the disk, those that look at the sets add what the server says
 * of them, the last of these decides, and the restoring ones do what was decided. Everything that
 * can be refused is refused before the first of them.
 */
final class RestorePlan {

    private static final String PRIMARY = "PRIMARY";

    /** The recovery models that keep the log until it is backed up. */
    private static final Set<String> LOGGED = Set.of("FULL", "BULK_LOGGED");

    private final RestoreRequest request;
    private final List<RestoreStep> steps;
    private List<DatabaseFile> present = List.of();
    private List<VolumeSpace> volumes = List.of();
    private @Nullable RestoreKeys keys;
    private @Nullable ServerFacts facts;
    private @Nullable DatabaseInfo target;
    private @Nullable UserAccess admitted;
    private volatile FilePlan files = FilePlan.NONE;
    private volatile List<String> statements = List.of();
    private volatile Optional<Told> judgement = Optional.empty();
    private volatile List<Told> warnings = List.of();

    RestorePlan(RestoreRequest request) {
        this.request = request;
        this.steps =
                IntStream.range(0, request.sets().size())
                        .mapToObj(index -> new RestoreStep(request, index))
                        .toList();
    }

    RestoreRequest request() {
        return request;
    }

    /** The sets in their order. */
    List<RestoreStep> steps() {
        return steps;
    }

    /** Name of the database to restore to; empty while unknown; from any thread. */
    String database() {
        String asked = request.database();
        if (asked != null) {
            return asked;
        }
        BackupSet first = steps.getFirst().set();
        return first == null ? "" : first.manifest().database();
    }

    /**
     * Checks what can be checked before the server looks at the sets.
     *
     * @throws JobException when the request is refused
     */
    void check(SqlSession session, ServerFacts told)
            throws IOException, JobException, SqlServerException {
        facts = told;
        for (RestoreStep step : steps) {
            step.set(BackupSet.open(step.folder()));
        }
        requireStatements();
        Preflight.memory(request.transfer());
        requireOrder();
        requireStop();
        target = Databases.exactly(database(), session.databases()).orElse(null);
        present = session.files();
        RestoreTarget.check(request, steps.getFirst().opened(), database(), target, present);
        volumes = session.volumes();
        keys = new RestoreKeys(request.server(), session.keys());
    }

    /** Refuses a backup that the server has no key for, once its header is known. */
    void requireKey(RestoreStep step) throws JobException {
        Objects.requireNonNull(keys, "the server is asked first")
                .requireFor(step.folder(), step.contents());
    }

    /** What no server accepts is refused before anything is touched. */
    private void requireStatements() throws JobException {
        try {
            for (RestoreStep step : steps) {
                step.statement(database(), List.of("device"));
            }
        } catch (IllegalArgumentException e) {
            throw new JobException(Told.of(e), e);
        }
    }

    private void requireOrder() throws JobException {
        for (int index = 1; index < steps.size(); index++) {
            RestoreStep step = steps.get(index);
            BackupType before = steps.get(index - 1).type();
            if (step.type() == BackupType.FULL) {
                throw new JobException(
                        Told.of(
                                "refused.fullFollows",
                                step.folder(),
                                steps.get(index - 1).folder()));
            }
            if (step.type() == BackupType.DIFFERENTIAL && before == BackupType.LOG) {
                throw new JobException(Told.of("refused.differentialAfterLog", step.folder()));
            }
        }
    }

    private void requireStop() throws JobException {
        boolean hasLog = steps.stream().anyMatch(step -> step.type() == BackupType.LOG);
        if (!(request.options().stopAt() instanceof StopAt.End) && !hasLog) {
            throw new JobException(Told.of("refused.stopWithoutLog"));
        }
    }

    /**
     * Decides, after the server has looked at every set.
     *
     * @throws JobException when the server would refuse it in the midst
     */
    void decide() throws JobException {
        files = filesTold();
        requireVersions();
        requireWhole();
        LsnChain.check(steps);
        List<Told> told = new ArrayList<>(StopCheck.check(request.options().stopAt(), steps));
        told.addAll(lossNotes());
        told.addAll(requireDatabaseKeys());
        told.addAll(placeFiles());
        replace(target != null);
        requireStatements();
        statements = describe();
        judgement = StopCheck.judgement(request.options().stopAt(), steps);
        warnings = List.copyOf(told);
    }

    /** What is lost with the database that is there, though the server would not say so. */
    private List<Told> lossNotes() {
        DatabaseInfo present = target;
        if (present == null || !isMadeAnew()) {
            return List.of();
        }
        if (RestoreTarget.beginsAnew(present, steps.getFirst().contents().database())) {
            return List.of(Told.of("note.beginsAnew", present.name()));
        }
        boolean keepsLog = present.hasLogChain() && LOGGED.contains(present.recoveryModel());
        return present.state() == DatabaseInfo.State.ONLINE && keepsLog
                ? List.of(
                        Told.of(
                                "note.tailLost",
                                present.name(),
                                present.recoveryModel(),
                                "BACKUP LOG %s WITH NORECOVERY"
                                        .formatted(TSql.quoteName(present.name()))))
                : List.of();
    }

    /**
     * The logical names of the data files that are asked for one by one or by their filegroups, or
     * whose restore is gone on with while their database is in use; empty for a restore of the
     * whole. PARTIAL takes the primary filegroup without being asked.
     */
    Set<String> parts() {
        Scope scope = request.options().scope();
        if (scope instanceof Scope.WholeDatabase) {
            return waiting();
        }
        return steps.getFirst().files().stream()
                .filter(file -> file.type() != BackupFile.Type.L)
                .filter(file -> isPart(file, scope))
                .map(BackupFile::logicalName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Of a database in use, a further backup goes on with the files that waited before it. */
    private Set<String> waiting() {
        boolean inUse = target != null && target.state() == DatabaseInfo.State.ONLINE;
        if (!inUse || steps.getFirst().type() == BackupType.FULL) {
            return Set.of();
        }
        return filesOfTarget().stream()
                .filter(RestoreTarget::waits)
                .map(DatabaseFile::logicalName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isPart(BackupFile file, Scope scope) {
        String group = file.filegroup();
        if (request.options().partial() && PRIMARY.equals(group)) {
            return true;
        }
        return switch (scope) {
            case Scope.WholeDatabase _ -> false;
            case Scope.Files some ->
                    has(some.files(), file.logicalName()) || has(some.filegroups(), group);
            case Scope.ReadWriteFilegroups some ->
                    file.held() && (!file.readOnly() || has(some.readOnly(), group));
        };
    }

    private static boolean has(List<String> names, @Nullable String name) {
        return names.stream().anyMatch(other -> other.equalsIgnoreCase(name));
    }

    /** REPLACE lifts other safeguards of the server, too, so it is said only where it is needed. */
    void replace(boolean present) {
        steps.getFirst().replace(present && request.options().replace());
    }

    /** What the sets hold, once the server has looked at every one; empty before. */
    FilePlan files() {
        return files;
    }

    /**
     * Everything that will be run, with example names for the devices; empty before decided; from
     * any thread.
     */
    List<String> statements() {
        return statements;
    }

    /** What should be known of it; empty before decided; from any thread. */
    List<Told> notes() {
        return Stream.concat(judgement.stream(), warnings.stream()).toList();
    }

    /** By what the stop was judged; empty before decided, and without a stop at a time. */
    Optional<Told> judgement() {
        return judgement;
    }

    /** What may go wrong or be lost; empty before decided. */
    List<Told> warnings() {
        return warnings;
    }

    private List<String> describe() {
        List<String> before = preceding(target);
        List<String> all = new ArrayList<>(before);
        for (RestoreStep step : steps) {
            int devices = step.opened().manifest().stripes().size();
            List<String> names = DeviceSetHandle.names(DeviceSetHandle.EXAMPLE, devices);
            all.add(step.statement(database(), names).toSql());
        }
        boolean waits = steps.getLast().recovery() instanceof Recovery.NoRecovery;
        if (!before.isEmpty() && !waits) {
            all.add(DatabaseAccess.LEAVE);
            all.add(DatabaseAccess.reopen(database(), Objects.requireNonNull(target).access()));
        }
        return List.copyOf(all);
    }

    /** What is missing in a part of a database, a restore of the whole could never bring back. */
    private void requireWhole() throws JobException {
        RestoreStep first = steps.getFirst();
        boolean whole = request.options().scope() instanceof Scope.WholeDatabase;
        if (whole && !request.options().partial() && !first.contents().ofWholeDatabase()) {
            throw new JobException(
                    Told.of("refused.partOnly", first.folder(), first.contents().database()));
        }
    }

    private void requireVersions() throws JobException {
        int server = told().majorVersion();
        for (RestoreStep step : steps) {
            int made = step.contents().majorVersion();
            SystemDatabase.checkBuild(database(), step, told());
            if (made > server && server > 0) {
                throw new JobException(
                        Told.of(
                                "refused.newerVersion",
                                step.folder(),
                                made,
                                request.server(),
                                server));
            }
            boolean standby = step.recovery() instanceof Recovery.Standby;
            if (standby && made > 0 && made < server) {
                throw new JobException(
                        Told.of(
                                "refused.standbyUpgrade",
                                step.folder(),
                                made,
                                request.server(),
                                server));
            }
        }
    }

    /** Returns what should be known of them. */
    private List<Told> requireDatabaseKeys() throws JobException {
        RestoreKeys known = Objects.requireNonNull(keys, "the server is asked first");
        List<Told> told = new ArrayList<>();
        for (RestoreStep step : steps) {
            if (!step.databaseKeys().isEmpty()) {
                Preflight.encryption(step.folder(), told()).ifPresent(told::add);
            }
            for (String thumbprint : step.databaseKeys()) {
                known.requireForDatabase(step.folder(), thumbprint);
            }
        }
        told.addAll(known.notes());
        return told;
    }

    private FilePlan filesTold() {
        return new FilePlan(
                steps.stream()
                        .map(
                                step ->
                                        new FilePlan.SetFiles(
                                                step.contents().database(), step.files()))
                        .toList(),
                new FilePlacement.Folders(told().dataFolder(), told().logFolder()),
                present,
                isMadeAnew());
    }

    /** Returns what should be known of the room they have. */
    private List<Told> placeFiles() throws JobException {
        RestoreRequest.Options options = request.options();
        FilePlacement placement =
                files.placement(
                        database(),
                        options.moves(),
                        new FilePlacement.Folders(options.dataFolder(), options.logFolder()));
        List<BackupFile> all = new ArrayList<>();
        for (RestoreStep step : steps) {
            step.moves(placement.place(step.contents().database(), step.files()));
            all.addAll(step.files());
        }
        placement.requireAllUsed(all);
        // parts of a database replace themselves
        return isMadeAnew()
                ? RestoreSpace.check(sized(made(placement.placed()), all), filesOfTarget(), volumes)
                : List.of();
    }

    /** PARTIAL makes the files of the primary filegroup and of those asked for, and the log. */
    private List<DatabaseFile> made(List<DatabaseFile> placed) {
        if (!request.options().partial()) {
            return placed;
        }
        Scope scope = request.options().scope();
        Set<String> names =
                steps.getFirst().files().stream()
                        .filter(file -> file.type() == BackupFile.Type.L || isPart(file, scope))
                        .map(file -> key(file.logicalName()))
                        .collect(Collectors.toSet());
        return placed.stream().filter(file -> names.contains(key(file.logicalName()))).toList();
    }

    /** A file grows from one backup to the next. */
    private static List<DatabaseFile> sized(List<DatabaseFile> placed, List<BackupFile> told) {
        Map<String, Long> sizes = new HashMap<>();
        told.forEach(file -> sizes.merge(key(file.logicalName()), file.size(), Math::max));
        return placed.stream()
                .map(
                        file ->
                                new DatabaseFile(
                                        file.database(),
                                        file.logicalName(),
                                        file.path(),
                                        sizes.getOrDefault(key(file.logicalName()), 0L),
                                        null))
                .toList();
    }

    private static String key(String logicalName) {
        return logicalName.toLowerCase(Locale.ROOT);
    }

    private List<DatabaseFile> filesOfTarget() {
        return present.stream().filter(file -> file.database().equals(database())).toList();
    }

    /** Whether all files of the database are made, rather than some of them be restored. */
    private boolean isMadeAnew() {
        boolean whole = request.options().scope() instanceof Scope.WholeDatabase;
        return steps.getFirst().type() == BackupType.FULL && (whole || request.options().partial());
    }

    /**
     * What is run before the first RESTORE.
     *
     * @param now the database to restore to; null when there is none
     */
    List<String> preceding(@Nullable DatabaseInfo now) {
        if (now == null || !request.options().closeConnections()) {
            return List.of();
        }
        boolean inUse =
                now.state() == DatabaseInfo.State.ONLINE
                        || now.state() == DatabaseInfo.State.STANDBY;
        return inUse ? List.of(DatabaseAccess.LEAVE, DatabaseAccess.close(now.name())) : List.of();
    }

    /** The connections to the database are being closed; before, it admitted these. */
    void close(UserAccess before) {
        admitted = before;
    }

    /** Whom it admitted before its connections were, or may have been closed; null if not. */
    @Nullable UserAccess admitted() {
        return admitted;
    }

    private ServerFacts told() {
        return Objects.requireNonNull(facts, "the server is asked first");
    }
}
