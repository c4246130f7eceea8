package dev.sluice.ui.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.JobEvent;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.RunStory;
import dev.sluice.job.TestRuns;
import dev.sluice.ui.SameThread;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

class HistoryViewModelTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Path home;
    private final RunHistory history;
    private final Notices notices = new Notices(Texts.load("en"));
    private final HistoryViewModel model;

    HistoryViewModelTest(@TempDir Path home) {
        this.home = home;
        this.history = RunHistory.of(Folders.under(home));
        this.model = model(new SameThread());
    }

    private HistoryViewModel model(Background background) {
        return new HistoryViewModel(
                history, background, notices, Texts.load(), InstantSource.fixed(NOW));
    }

    private RunRecord keep(String id, String database, Outcome outcome, Duration age)
            throws Exception {
        RunRecord run = TestRuns.backup(id, database, outcome, NOW.minus(age));
        TestRuns.keep(history, run, RunStory.NONE);
        return run;
    }

    private List<String> ids() {
        return model.rows().stream().map(RunRecord::id).toList();
    }

    @Test
    void showsTheNewestFirst() throws Exception {
        keep("a", "Sales", Outcome.COMPLETED, Duration.ofDays(2));
        keep("b", "Sales", Outcome.FAILED, Duration.ofHours(2));
        model.refresh();
        assertThat(ids()).containsExactly("b", "a");
        assertThat(model.count().get()).isEqualTo("2 of 2");
    }

    @Test
    void tellsHowManyRunsOnlyANewerVersionCanRead() throws Exception {
        keep("a", "Sales", Outcome.COMPLETED, Duration.ofDays(2));
        model.refresh();
        assertThat(model.leftOut().get()).isEmpty();
        HistoryRows.keepNewer(Folders.under(home));
        model.refresh();
        assertThat(model.leftOut().get()).contains("1 run", "newer version of Sluice");
        assertThat(ids()).containsExactly("a");
    }

    @Test
    void filtersAtOnceByDatabaseOutcomeAndTime() throws Exception {
        keep("a", "Sales", Outcome.COMPLETED, Duration.ofDays(40));
        keep("b", "SalesArchive", Outcome.FAILED, Duration.ofDays(3));
        keep("c", "Stock", Outcome.CANCELLED, Duration.ofHours(1));
        model.refresh();

        model.text().set(" sales");
        assertThat(ids()).containsExactly("b", "a");
        model.outcome().set(OutcomeFilter.TROUBLED);
        assertThat(ids()).containsExactly("b");
        assertThat(model.count().get()).isEqualTo("1 of 3");
        model.period().set(Period.DAY);
        assertThat(ids()).isEmpty();
        model.text().set("");
        model.outcome().set(OutcomeFilter.ANY);
        assertThat(ids()).containsExactly("c");
        model.period().set(Period.MONTH);
        assertThat(ids()).containsExactly("c", "b");
    }

    @Test
    void everyOutcomePassesAFilterOfItsOwn() {
        for (Outcome outcome : Outcome.values()) {
            assertThat(OutcomeFilter.values())
                    .filteredOn(filter -> filter != OutcomeFilter.ANY)
                    .filteredOn(filter -> filter.includes(outcome))
                    .hasSize(1);
        }
    }

    @Test
    void tellsTheStoryOfTheSelectedRun() throws Exception {
        RunRecord run = TestRuns.backup("a", "Sales", Outcome.FAILED, NOW);
        JobEvent event = new JobEvent(NOW, JobEvent.Level.ERROR, "Msg 3013");
        TestRuns.keep(
                history, run, new RunStory(List.of(event), List.of(), List.of(), List.of(), null));
        model.refresh();
        model.select("a");
        assertThat(model.story().get().events()).containsExactly(event);
        assertThat(model.storyAsText())
                .contains("Backup of Sales: Failed", "Msg 3013", "BACKUP DATABASE [Sales]");
        model.selected().set(null);
        assertThat(model.story().get()).isEqualTo(RunStory.NONE);
        assertThat(model.storyAsText()).isEmpty();
    }

    @Test
    void theSelectionOutlivesNewRuns() throws Exception {
        keep("a", "Sales", Outcome.COMPLETED, Duration.ofDays(2));
        model.refresh();
        model.select("a");
        keep("b", "Sales", Outcome.COMPLETED, Duration.ofDays(1));
        model.refresh();
        assertThat(model.selected().get()).extracting(RunRecord::id).isEqualTo("a");
    }

    @Test
    void aStoryThatComesLateIsNotTakenForAnother() throws Exception {
        RunRecord first = TestRuns.backup("a", "Sales", Outcome.FAILED, NOW);
        JobEvent event = new JobEvent(NOW, JobEvent.Level.ERROR, "of the first");
        TestRuns.keep(
                history,
                first,
                new RunStory(List.of(event), List.of(), List.of(), List.of(), null));
        RunRecord second = keep("b", "Sales", Outcome.COMPLETED, Duration.ZERO);
        Waiting waiting = new Waiting();
        HistoryViewModel late = model(waiting);
        late.selected().set(first);
        late.selected().set(second);
        waiting.doAll();
        assertThat(late.story().get()).isEqualTo(RunStory.NONE);
    }

    @Test
    void aRefreshWhileTheHistoryIsReadLooksOnceMore() throws Exception {
        Waiting waiting = new Waiting();
        HistoryViewModel slow = model(waiting);
        slow.refresh();
        slow.refresh();
        slow.refresh();
        assertThat(waiting.size()).isEqualTo(1);
        waiting.doOne();
        keep("a", "Sales", Outcome.COMPLETED, Duration.ZERO);
        waiting.doAll();
        assertThat(slow.rows()).hasSize(1);
    }

    @Test
    void exportsWhatIsShown() throws Exception {
        keep("a", "Sales", Outcome.COMPLETED, Duration.ZERO);
        keep("b", "Stock", Outcome.COMPLETED, Duration.ZERO);
        model.refresh();
        model.text().set("stock");
        Path file = home.resolve("runs.csv");
        model.exportTo(file);
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("Stock");
        assertThat(notices.current().get()).isNotNull();
    }

    @Test
    void saysWhyAFolderCannotBeOpened() {
        model.open(home.resolve("gone"), dev.sluice.ui.common.FileManager::open);
        assertThat(notices.current().get())
                .isNotNull()
                .satisfies(notice -> assertThat(notice.error()).isTrue())
                .satisfies(notice -> assertThat(notice.text()).contains("gone"));
    }

    /** Does what it was given when it is told to. */
    private static final class Waiting implements Background {

        private final Queue<Runnable> work = new ArrayDeque<>();

        @Override
        public <T> void run(
                Callable<T> task, Consumer<? super T> done, Consumer<? super Exception> failed) {
            work.add(() -> new SameThread().run(task, done, failed));
        }

        int size() {
            return work.size();
        }

        void doOne() {
            work.remove().run();
        }

        void doAll() {
            while (!work.isEmpty()) {
                doOne();
            }
        }
    }
}
