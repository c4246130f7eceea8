package dev.sluice.ui.home;

import dev.sluice.job.AddedServers;
import dev.sluice.job.BackupHealth;
import dev.sluice.job.BackupRule;
import dev.sluice.job.Listing;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.secret.Secret;
import dev.sluice.secret.SecretQuestion;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SampleHost;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.home.HomeItem.ServerHead;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Every database of every server, and how well it is backed up, as Sluice's history and the
 * server's own record have it. Each server is asked on its own, so that one that does not answer
 * keeps nobody waiting. The lists are for reading. FX thread.
 */
public final class HomeViewModel {

    private static final int RECENT = 12;

    /** So long stands what a server said: others back up as well. */
    private static final Duration STANDS = Duration.ofMinutes(5);

    private final SluiceEngine engine;
    private final ServerAsker asker;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final Supplier<BackupRule> rule;
    private final InstantSource clock;
    private final Map<String, ServerAnswer> answers = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> askAgain = new HashSet<>();
    private Instant allAsked = Instant.EPOCH;
    private List<RunRecord> runs = List.of();
    private String problemsTold = "";

    private final ObservableList<DatabaseRow> databases = FXCollections.observableArrayList();
    private final ObservableList<HomeItem> items = FXCollections.observableArrayList();
    private final ObservableList<RunRecord> recent = FXCollections.observableArrayList();
    private final Map<BackupHealth.State, ReadOnlyIntegerWrapper> counts =
            new EnumMap<>(BackupHealth.State.class);
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<BackupHealth.@Nullable State> only = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Instant> now;
    private final ReadOnlyIntegerWrapper leftOut = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper samplePossible = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper makingSample = new ReadOnlyBooleanWrapper();

    /**
     * Knows nothing, until {@link #refresh()}.
     *
     * @param rule by which the databases are judged; asked for each time
     */
    public HomeViewModel(
            SluiceEngine engine,
            Background background,
            Notices notices,
            Texts texts,
            Supplier<BackupRule> rule,
            InstantSource clock) {
        this.engine = engine;
        this.asker = new ServerAsker(engine, texts);
        this.background = background;
        this.notices = notices;
        this.texts = texts;
        this.rule = rule;
        this.clock = clock;
        this.now = new ReadOnlyObjectWrapper<>(clock.instant());
        for (BackupHealth.State state : BackupHealth.State.values()) {
            counts.put(state, new ReadOnlyIntegerWrapper());
        }
        search.addListener(changed -> filter());
        only.addListener(changed -> filter());
    }

    /** Asks all servers anew, and reads the history. */
    public void refresh() {
        allAsked = clock.instant();
        background.run(engine::serverNames, this::askAll, notices::error);
        readHistory();
    }

    /**
     * Reads the history anew, for time has passed, and asks the servers whose answers are some
     * minutes old, for others may have made backups.
     */
    public void look() {
        readHistory();
        if (!clock.instant().isBefore(allAsked.plus(STANDS))) {
            allAsked = clock.instant();
            List.copyOf(answers.keySet()).stream().filter(this::mayBeAskedAgain).forEach(this::ask);
        }
    }

    // one that waits for a password is left alone: a wrong one, tried again and again, locks the
    // login
    private boolean mayBeAskedAgain(String server) {
        ServerAnswer answer = answers.get(server);
        return answer != null && answer.secret() == null;
    }

    private void readHistory() {
        background.run(engine.history()::read, this::showRuns, notices::error);
    }

    private void askAll(Listing<String> names) {
        answers.keySet().retainAll(names.found());
        for (String name : names.found()) {
            answers.putIfAbsent(name, ServerAnswer.NONE);
        }
        show();
        names.found().forEach(this::ask);
        String problems = texts.tell(names.problems());
        if (!problems.equals(problemsTold) && !problems.isEmpty()) {
            notices.error(problems);
        }
        problemsTold = problems;
    }

    // one that does not answer is not asked by more and more threads
    private void ask(String server) {
        if (!asked.add(server)) {
            askAgain.add(server);
            return;
        }
        background.run(
                () -> asker.ask(server),
                answer -> answered(server, answer),
                failure -> answered(server, ServerAnswer.failed(texts.tell(failure), null)));
    }

    private void answered(String server, ServerAnswer answer) {
        asked.remove(server);
        if (answers.containsKey(server)) {
            answers.put(server, answer);
            show();
        }
        if (askAgain.remove(server)) {
            ask(server);
        }
    }

    /** Logs in to a server with a secret, which is wiped, and asks it. */
    public void signIn(String server, SecretQuestion question, Secret secret) {
        AddedServers added = engine.added();
        if (added == null) {
            throw new IllegalStateException(server + " was never added");
        }
        background.run(
                () -> {
                    try (secret) {
                        added.remember(question, secret);
                    }
                    return server;
                },
                this::ask,
                notices::error);
    }

    /** Makes the sample database. */
    public void makeSample() {
        SampleHost host = sampleHost();
        if (host == null || makingSample.get()) {
            return;
        }
        makingSample.set(true);
        background.run(
                () -> {
                    host.makeSample();
                    return host.name();
                },
                name -> {
                    makingSample.set(false);
                    ask(name);
                },
                failure -> {
                    makingSample.set(false);
                    notices.error(failure);
                });
    }

    /** Whether the user added it, and may change it. */
    boolean isAdded(String server) {
        return engine.servers().stream().noneMatch(own -> own.name().equals(server));
    }

    private @Nullable SampleHost sampleHost() {
        return engine.servers().stream()
                .filter(SampleHost.class::isInstance)
                .map(SampleHost.class::cast)
                .findFirst()
                .orElse(null);
    }

    private void showRuns(RunHistory.Contents read) {
        List<RunRecord> all = read.runs();
        runs = all;
        leftOut.set(read.newer());
        now.set(clock.instant());
        replace(
                recent,
                all.stream()
                        .filter(run -> run.outcome() != RunRecord.Outcome.RUNNING)
                        .limit(RECENT)
                        .toList());
        show();
    }

    private void show() {
        List<DatabaseRow> rows = new ArrayList<>();
        answers.forEach((server, answer) -> rows.addAll(rows(server, answer)));
        replace(databases, rows);
        counts.forEach((state, count) -> count.set(count(rows, state)));
        boolean allAnswered =
                answers.values().stream()
                        .allMatch(answer -> answer.state() == ServerAnswer.State.ANSWERED);
        empty.set(allAnswered && !answers.isEmpty() && rows.isEmpty());
        SampleHost host = sampleHost();
        samplePossible.set(host != null && isWithoutDatabases(host.name()));
        filter();
    }

    private boolean isWithoutDatabases(String server) {
        ServerAnswer answer = answers.getOrDefault(server, ServerAnswer.NONE);
        return answer.state() == ServerAnswer.State.ANSWERED && answer.databases().isEmpty();
    }

    private List<DatabaseRow> rows(String server, ServerAnswer answer) {
        Map<String, BackupHealth> judged =
                rule.get()
                        .judge(server, answer.databases(), runs, answer.record(), clock.instant());
        List<DatabaseRow> rows = new ArrayList<>();
        for (DatabaseInfo info : answer.databases()) {
            BackupHealth health = Objects.requireNonNull(judged.get(info.name()), info.name());
            rows.add(new DatabaseRow(server, info, health));
        }
        return rows;
    }

    private static int count(List<DatabaseRow> rows, BackupHealth.State state) {
        return (int) rows.stream().filter(row -> row.health().state() == state).count();
    }

    private void filter() {
        List<HomeItem> shown = new ArrayList<>();
        answers.forEach(
                (server, answer) -> {
                    shown.add(new ServerHead(server, answer));
                    databases.stream()
                            .filter(row -> row.server().equals(server) && isWanted(row))
                            .forEach(shown::add);
                });
        replace(items, shown);
    }

    private boolean isWanted(DatabaseRow row) {
        BackupHealth.State state = only.get();
        String part = search.get().strip().toLowerCase(Locale.ROOT);
        return (state == null || row.health().state() == state)
                && row.info().name().toLowerCase(Locale.ROOT).contains(part);
    }

    // unchanged lists keep their selection
    private static <T> void replace(ObservableList<T> shown, List<T> now) {
        if (!shown.equals(now)) {
            shown.setAll(now);
        }
    }

    /** All databases of the servers that answered. */
    public ObservableList<DatabaseRow> databases() {
        return databases;
    }

    /** The servers, each with those of its databases that are looked for. */
    public ObservableList<HomeItem> items() {
        return items;
    }

    /** The last runs that ended, newest first. */
    public ObservableList<RunRecord> recent() {
        return recent;
    }

    /** How many databases are in a state. */
    public ReadOnlyIntegerProperty count(BackupHealth.State state) {
        ReadOnlyIntegerWrapper count = counts.get(state);
        if (count == null) {
            throw new IllegalArgumentException(state + " is not counted");
        }
        return count.getReadOnlyProperty();
    }

    /** How many runs a newer Sluice wrote, so that nothing here takes them into account. */
    public ReadOnlyIntegerProperty leftOut() {
        return leftOut.getReadOnlyProperty();
    }

    /** A part of the names of the databases to show. */
    public StringProperty search() {
        return search;
    }

    /** The state of the databases to show; null for all. */
    public ObjectProperty<BackupHealth.@Nullable State> only() {
        return only;
    }

    /** The moment that ages are told for. */
    public ReadOnlyObjectProperty<Instant> now() {
        return now.getReadOnlyProperty();
    }

    /** Whether every server answered, and none has a database. */
    public ReadOnlyBooleanProperty empty() {
        return empty.getReadOnlyProperty();
    }

    /** Whether there is a server that could make the sample database, and has no database. */
    public ReadOnlyBooleanProperty samplePossible() {
        return samplePossible.getReadOnlyProperty();
    }

    /** Whether the sample database is being made. */
    public ReadOnlyBooleanProperty makingSample() {
        return makingSample.getReadOnlyProperty();
    }
}
