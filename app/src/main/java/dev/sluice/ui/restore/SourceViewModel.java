package dev.sluice.ui.restore;

import dev.sluice.job.RestoreRequest;
import dev.sluice.media.BackupSet;
import dev.sluice.media.RestoreTimes;
import dev.sluice.sql.StopAt;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.FolderCheck;
import dev.sluice.ui.common.FolderCheck.Finding;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.VerdictWords;
import dev.sluice.ui.restore.KnownSets.Found;
import dev.sluice.ui.restore.KnownSets.Place;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From what is restored: where the backup sets are, of which database, to which moment, and the
 * sets that lead there. FX thread.
 */
public final class SourceViewModel {

    /** What somebody has. */
    public enum From {
        /** The backups of the history. */
        HISTORY,
        /** A folder of backup sets. */
        FOLDER,
        /** Single sets or files. */
        PICKED
    }

    /** What is wanted of the sets once they are found. */
    private sealed interface Wanted {

        /** Nothing in particular. */
        record Anything() implements Wanted {}

        /** The newest state of a database. */
        record Newest(String server, String database) implements Wanted {}

        /** The end of a set. */
        record EndOf(Path set) implements Wanted {}

        /** Just these sets. */
        record Exactly(List<Path> sets, StopAt stop) implements Wanted {}
    }

    private static final Wanted ANYTHING = new Wanted.Anything();

    /** As they are restored: by their ends, and a full backup before what it ended with. */
    private static final Comparator<BackupSet> IN_ORDER =
            Comparator.comparing(RestoreTimes::reach).thenComparing(set -> set.manifest().type());

    private final RestoreDesk desk;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<From> from = new ReadOnlyObjectWrapper<>(From.HISTORY);
    private final Field folder = new Field("");
    private final ObservableList<Path> picked = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper searching = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problems = new ReadOnlyStringWrapper("");
    private final ObservableList<DatabaseSets> databases = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable DatabaseSets> database = new SimpleObjectProperty<>();
    private final ObservableList<SetLine> sets = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Moment> moment = new SimpleObjectProperty<>();
    private final Field momentText = new Field("");
    private final ReadOnlyBooleanWrapper byHand = new ReadOnlyBooleanWrapper();
    private final ObservableList<ChainStep> chain = FXCollections.observableArrayList();
    private final StopModel stops;
    private final ReadOnlyStringWrapper chainProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper chainDoubts = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper good = new ReadOnlyBooleanWrapper();
    private Found found = Found.NOTHING;
    private Wanted wanted = ANYTHING;
    private int search;
    private int pick;
    private boolean marking;
    private boolean typing;

    SourceViewModel(
            RestoreDesk desk,
            Background background,
            Notices notices,
            Texts texts,
            InstantSource clock) {
        this.desk = desk;
        this.background = background;
        this.notices = notices;
        this.texts = texts;
        this.clock = clock;
        stops = new StopModel(now().toLocalDate(), texts);
        database.subscribe(this::showSets);
        moment.subscribe(this::momentChosen);
        momentText.text().subscribe(this::momentTyped);
        stops.stop().subscribe(now -> stopChanged());
        stops.mark().error().subscribe(none -> check());
        stops.kind().subscribe(none -> check());
    }

    // ---- what there is

    /** Looks for sets at the chosen place. */
    public void refresh() {
        int mine = ++search;
        From where = from.get();
        String text = folder.text().get();
        List<Path> paths = List.copyOf(picked);
        searching.set(true);
        background.run(
                () -> find(where, text, paths),
                answer -> answered(mine, answer),
                failure -> failed(mine, failure));
    }

    /**
     * What was found.
     *
     * @param folder whether the folder can be looked at
     */
    private record Answer(Finding folder, Found found, List<DatabaseSets> databases) {}

    private Answer find(From where, String text, List<Path> paths) throws IOException {
        Finding finding = where == From.FOLDER ? FolderCheck.look(text) : Finding.GOOD;
        Found now =
                switch (where) {
                    case HISTORY -> desk.find(new Place.History());
                    case PICKED -> desk.find(new Place.Picked(paths));
                    case FOLDER ->
                            isThere(finding)
                                    ? desk.find(new Place.Folder(Path.of(text.strip())))
                                    : Found.NOTHING;
                };
        return new Answer(finding, now, DatabaseSets.of(now));
    }

    private static boolean isThere(Finding finding) {
        return finding == Finding.GOOD || finding == Finding.NOT_WRITABLE;
    }

    private void answered(int of, Answer answer) {
        if (of == search) {
            searching.set(false);
            boolean there = isThere(answer.folder());
            boolean missing = answer.folder() == Finding.WILL_BE_MADE;
            folder.setError(
                    there
                            ? ""
                            : missing
                                    ? texts.get("restore.folder.missing")
                                    : texts.of("folder", answer.folder()));
            show(answer.found(), answer.databases());
        }
    }

    private void failed(int of, Exception failure) {
        if (of == search) {
            searching.set(false);
            notices.error(failure);
        }
    }

    private void show(Found now, List<DatabaseSets> grouped) {
        found = now;
        problems.set(describe(now));
        DatabaseSets before = database.get();
        if (!databases.equals(grouped)) {
            databases.setAll(grouped);
        }
        Wanted what = wanted;
        wanted = ANYTHING;
        DatabaseSets next = choose(what, before);
        if (Objects.equals(next, before) && what == ANYTHING) {
            return;
        }
        Kept kept =
                new Kept(moment.get(), byHand.get() ? chosenFolders() : List.of(), stops.moment());
        database.set(null);
        database.set(next);
        if (next == null) {
            return;
        }
        boolean same = before != null && next.isOf(before.server(), before.database());
        if (what == ANYTHING && same) {
            keep(kept, next);
        } else {
            apply(what, next);
        }
    }

    /**
     * What was chosen before the sets were looked for again.
     *
     * @param byHand folders of the sets chosen by hand; none for those of the moment
     */
    private record Kept(@Nullable Moment moment, List<Path> byHand, StopAt stop) {}

    private void keep(Kept kept, DatabaseSets now) {
        if (!kept.byHand().isEmpty()) {
            mark(kept.byHand());
            chooseByHand(kept.stop());
        } else if (kept.moment() != null) {
            now.line().at(kept.moment().at()).ifPresent(moment::set);
        }
    }

    private List<Path> chosenFolders() {
        return chain.stream().map(step -> step.set().directory()).toList();
    }

    private String describe(Found now) {
        List<String> told = new ArrayList<>();
        if (now.lost() > 0) {
            told.add(texts.get("restore.lost", now.lost()));
        }
        now.problems().forEach(problem -> told.add(texts.tell(problem)));
        return String.join("\n", told);
    }

    private @Nullable DatabaseSets choose(Wanted what, @Nullable DatabaseSets before) {
        return databases.stream()
                .filter(
                        one ->
                                switch (what) {
                                    case Wanted.Anything() ->
                                            before != null
                                                    && one.isOf(before.server(), before.database());
                                    case Wanted.Newest(String server, String name) ->
                                            one.isOf(server, name);
                                    case Wanted.EndOf(Path set) -> one.has(set);
                                    case Wanted.Exactly(List<Path> these, StopAt at) ->
                                            one.has(these.getLast());
                                })
                .findFirst()
                // who asked for one database is never shown another
                .orElse(what == ANYTHING && !databases.isEmpty() ? databases.getFirst() : null);
    }

    private void apply(Wanted what, DatabaseSets now) {
        switch (what) {
            case Wanted.Anything anything -> {}
            case Wanted.Newest newest -> {}
            case Wanted.EndOf(Path set) -> line(set).ifPresent(line -> goToEnd(now, line.set()));
            case Wanted.Exactly(List<Path> these, StopAt at) -> {
                mark(these);
                stops.fill(at);
                chooseByHand(stops.moment());
            }
        }
    }

    private void goToEnd(DatabaseSets now, BackupSet set) {
        now.line()
                .endOf(set)
                .ifPresentOrElse(
                        moment::set,
                        () -> {
                            // nothing leads to it: it is restored alone, or not at all
                            mark(List.of(set.directory()));
                            chooseByHand(new StopAt.End());
                        });
    }

    private Optional<SetLine> line(Path set) {
        return sets.stream().filter(line -> line.set().directory().equals(set)).findFirst();
    }

    // ---- what to turn to

    /** Turns to the newest state of a database in the history. */
    void newest(String server, String name) {
        turnTo(From.HISTORY, new Wanted.Newest(server, name));
    }

    /** Turns to the end of a set, with all that lies beside it. */
    void endOf(Path set) {
        folder.text().set(BackupSet.destinationOf(set).orElse(set).toString());
        turnTo(From.FOLDER, new Wanted.EndOf(set));
    }

    /** Turns to the sets of a request. */
    void exactly(RestoreRequest request) {
        picked.setAll(request.sets());
        turnTo(From.PICKED, new Wanted.Exactly(request.sets(), request.options().stopAt()));
    }

    private void turnTo(From where, Wanted what) {
        wanted = what;
        stops.fill(new StopAt.End());
        from.set(where);
        refresh();
    }

    /** Looks at another place. */
    public void look(From where) {
        from.set(where);
        refresh();
    }

    /** Looks under a folder. */
    public void lookUnder(Path where) {
        folder.text().set(where.toString());
        look(From.FOLDER);
    }

    /** Adds sets, or files of sets, to those picked. */
    public void pick(List<Path> paths) {
        Set<Path> all = new LinkedHashSet<>(from.get() == From.PICKED ? picked : List.of());
        all.addAll(paths);
        picked.setAll(all);
        look(From.PICKED);
    }

    /** Forgets what was picked. */
    public void unpick() {
        picked.clear();
        look(From.PICKED);
    }

    // ---- the moment

    private void showSets(@Nullable DatabaseSets now) {
        List<SetLine> lines = new ArrayList<>();
        if (now != null) {
            for (BackupSet set : now.sets()) {
                SetLine line = new SetLine(set, found.verdicts().on(set.directory()));
                line.chosen().subscribe((before, chosen) -> chosenByHand());
                lines.add(line);
            }
        }
        sets.setAll(lines);
        moment.set(null);
        Moment first = now == null ? null : now.line().proposed().orElse(null);
        if (first == null) {
            findChain(null);
        } else {
            moment.set(first);
        }
    }

    private void momentChosen(@Nullable Moment now) {
        byHand.set(false);
        if (!typing) {
            writeMoment();
        }
        stops.setMoment(now == null ? new StopAt.End() : now.stopAt());
        if (now != null) {
            stops.setDay(now.at().toLocalDate());
        }
        findChain(now);
    }

    /** Writes the moment out in full, as after somebody typed it. */
    public void writeMoment() {
        Moment now = moment.get();
        momentText.text().set(now == null ? "" : MomentText.write(now.at()));
        momentText.setError("");
        check();
    }

    private void momentTyped(String text) {
        Moment now = moment.get();
        DatabaseSets of = database.get();
        if (of == null || now == null || text.equals(MomentText.write(now.at()))) {
            return;
        }
        Optional<LocalDateTime> typed = MomentText.read(text, now.at().toLocalDate());
        Optional<Moment> there = typed.flatMap(of.line()::at);
        momentText.setError(typed.isEmpty() ? texts.get("restore.moment.wrong") : "");
        if (typed.isPresent() && there.isEmpty()) {
            momentText.setError(unreachable(of.line(), typed.get()));
        }
        there.ifPresent(this::type);
        check();
    }

    // what is typed stays as it is while somebody types on
    private void type(Moment there) {
        typing = true;
        moment.set(there);
        typing = false;
    }

    private String unreachable(TimeLine line, LocalDateTime wanted) {
        LocalDateTime last = line.last().map(Moment::at).orElse(wanted);
        if (wanted.isAfter(last)) {
            return texts.get("restore.moment.tooLate", MomentText.write(last));
        }
        return line.nearest(wanted)
                .map(near -> texts.get("restore.moment.gap", MomentText.write(near.at())))
                .orElse("");
    }

    /** Whether a moment so long ago can be reached. */
    boolean canGoBack(Duration ago) {
        DatabaseSets of = database.get();
        return of != null && of.line().at(now().minus(ago)).isPresent();
    }

    /** Turns to a moment so long ago, or the nearest to it. */
    public void goBack(Duration ago) {
        goTo(now().minus(ago));
    }

    /** Turns to a moment, or the nearest to it. */
    void goTo(LocalDateTime wanted) {
        DatabaseSets of = database.get();
        if (of != null) {
            of.line().nearest(wanted).ifPresent(moment::set);
        }
    }

    /** Turns to the newest moment. */
    public void goToLast() {
        DatabaseSets of = database.get();
        if (of != null) {
            of.line().last().ifPresent(moment::set);
        }
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault());
    }

    // ---- the sets that lead there

    private void findChain(@Nullable Moment to) {
        DatabaseSets of = database.get();
        int mine = ++pick;
        if (of == null || to == null) {
            showChain(List.of(), of == null ? "" : texts.get("restore.chain.none"));
            return;
        }
        background.run(
                () -> of.line().chain(to),
                sets -> {
                    if (mine == pick) {
                        showChain(sets, "");
                    }
                },
                failure -> {
                    if (mine == pick) {
                        showChain(List.of(), texts.tell(failure));
                    }
                });
    }

    private void showChain(List<BackupSet> now, String problem) {
        mark(now.stream().map(BackupSet::directory).toList());
        setChain(now);
        chainProblem.set(problem);
        check();
    }

    private void setChain(List<BackupSet> now) {
        stops.setSets(now);
        chain.setAll(ChainStep.of(now, stop()));
        chainDoubts.set(
                now.stream()
                        .filter(this::isDoubted)
                        .map(set -> texts.get("restore.chain.doubt", set.directory(), verdict(set)))
                        .collect(Collectors.joining("\n")));
    }

    /** Whether a set did not pass its last verification. */
    boolean isDoubted(BackupSet set) {
        return found.isDoubted(set);
    }

    private String verdict(BackupSet set) {
        return VerdictWords.of(found.verdicts().on(set.directory()), texts);
    }

    // the sets stay, and what is done with them changes
    private void stopChanged() {
        chain.setAll(ChainStep.of(chain.stream().map(ChainStep::set).toList(), stop()));
        check();
    }

    private void mark(List<Path> chosen) {
        marking = true;
        sets.forEach(line -> line.chosen().set(chosen.contains(line.set().directory())));
        marking = false;
    }

    private void chosenByHand() {
        if (!marking) {
            chooseByHand(new StopAt.End());
        }
    }

    private void chooseByHand(StopAt at) {
        pick++;
        byHand.set(true);
        stops.setMoment(at);
        List<BackupSet> chosen =
                sets.stream()
                        .filter(line -> line.chosen().get())
                        .map(SetLine::set)
                        .sorted(IN_ORDER)
                        .toList();
        setChain(chosen);
        chainProblem.set(chosen.isEmpty() ? texts.get("restore.chain.nothing") : "");
        check();
    }

    /** Chooses the sets for the moment again. */
    public void chooseForMoment() {
        momentChosen(moment.get());
    }

    private void check() {
        good.set(!chain.isEmpty() && (byHand.get() || momentText.isGood()) && stops.isGood());
    }

    // ---- what is shown

    /** Where to look for sets. */
    public ReadOnlyObjectProperty<From> from() {
        return from.getReadOnlyProperty();
    }

    /** The folder to look under. */
    public Field folder() {
        return folder;
    }

    /** What was picked by hand. */
    public ObservableList<Path> picked() {
        return picked;
    }

    /** Whether sets are being looked for. */
    public ReadOnlyBooleanProperty searching() {
        return searching.getReadOnlyProperty();
    }

    /** What cannot be used of what was found, a line each; empty for nothing. */
    public ReadOnlyStringProperty problems() {
        return problems.getReadOnlyProperty();
    }

    /** The databases that there are sets of. */
    ObservableList<DatabaseSets> databases() {
        return databases;
    }

    /** The one to restore; null when there is none. */
    ObjectProperty<@Nullable DatabaseSets> database() {
        return database;
    }

    /** Its sets, the newest first. */
    ObservableList<SetLine> sets() {
        return sets;
    }

    /** The moment to restore to; null when none can be reached. */
    ObjectProperty<@Nullable Moment> moment() {
        return moment;
    }

    /** The moment as it is typed. */
    public Field momentText() {
        return momentText;
    }

    /** Whether the sets were chosen by hand, rather than for the moment. */
    public ReadOnlyBooleanProperty byHand() {
        return byHand.getReadOnlyProperty();
    }

    /** The sets to restore, in order. */
    public ObservableList<ChainStep> chain() {
        return chain;
    }

    /** Where the restore stops. */
    StopAt stop() {
        return stops.stop().get();
    }

    /** The choice of it: the moment, or a mark. */
    public StopModel stops() {
        return stops;
    }

    /** Why no set leads there; empty when some do. */
    public ReadOnlyStringProperty chainProblem() {
        return chainProblem.getReadOnlyProperty();
    }

    /** Which of the sets did not pass their last verification, a line each; empty for none. */
    public ReadOnlyStringProperty chainDoubts() {
        return chainDoubts.getReadOnlyProperty();
    }

    /** Whether there is something to restore, and nothing wrong with it. */
    public ReadOnlyBooleanProperty good() {
        return good.getReadOnlyProperty();
    }
}
