package dev.sluice.ui.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.doctor.Check;
import dev.sluice.ui.SameThread;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

class DoctorViewModelTest {

    private static final Check GOOD =
            new Check(
                    "versions",
                    Told.asIs("Versions"),
                    Check.State.OK,
                    Told.asIs("All is well."),
                    List.of());
    private static final Check BAD =
            new Check(
                    "memory",
                    Told.asIs("Shared memory"),
                    Check.State.FAILED,
                    Told.asIs("It is too small."),
                    List.of(Told.asIs("sudo mount -o remount,size=2g /dev/shm")));

    private final Notices notices = new Notices(Texts.load("en"));
    private final List<List<Path>> asked = new ArrayList<>();

    private DoctorViewModel model(DoctorViewModel.Examination examination, Background background) {
        return new DoctorViewModel(
                examination, () -> List.of(Path.of("/backups")), background, notices, Texts.load());
    }

    private void goodAndBad(List<Path> destinations, Consumer<Check> told) {
        asked.add(destinations);
        told.accept(GOOD);
        told.accept(BAD);
    }

    @Test
    void tellsWhatWasFoundAndLooksAtTheDestination() {
        DoctorViewModel model = model(this::goodAndBad, new SameThread());
        model.examine();
        assertThat(model.checks()).containsExactly(GOOD, BAD);
        assertThat(model.examining().get()).isFalse();
        assertThat(model.summary().get()).contains("2 checks", "1 failed");
        assertThat(asked).containsExactly(List.of(Path.of("/backups")));
    }

    @Test
    void checksAppearWhileOthersAreCarriedOut() {
        List<Integer> seen = new ArrayList<>();
        DoctorViewModel[] model = new DoctorViewModel[1];
        model[0] =
                model(
                        (destinations, told) -> {
                            told.accept(GOOD);
                            model[0].sample();
                            seen.add(model[0].checks().size());
                            assertThat(model[0].examining().get()).isTrue();
                            told.accept(BAD);
                        },
                        new SameThread());
        model[0].examine();
        assertThat(seen).containsExactly(1);
        assertThat(model[0].checks()).hasSize(2);
    }

    @Test
    void asksOnceAtATimeAndStartsAnewOnRequest() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Background later =
                new Background() {
                    @Override
                    public <T> void run(
                            Callable<T> work,
                            Consumer<? super T> done,
                            Consumer<? super Exception> failed) {
                        waiting.add(() -> new SameThread().run(work, done, failed));
                    }
                };
        DoctorViewModel model = model(this::goodAndBad, later);
        model.examine();
        model.examine();
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        model.examineOnce();
        assertThat(waiting).isEmpty();
        model.examine();
        assertThat(model.checks()).isEmpty();
        waiting.remove().run();
        assertThat(model.checks()).containsExactly(GOOD, BAD);
    }

    @Test
    void aFailedExaminationIsToldAndCanBeRepeated() {
        DoctorViewModel model =
                model(
                        (destinations, told) -> {
                            told.accept(GOOD);
                            throw new IllegalStateException("the doctor is ill");
                        },
                        new SameThread());
        model.examine();
        assertThat(notices.current().get()).isNotNull();
        assertThat(model.examining().get()).isFalse();
        assertThat(model.checks()).containsExactly(GOOD);
    }

    @Test
    void theReportHasTheFixes() {
        DoctorViewModel model = model(this::goodAndBad, new SameThread());
        model.examine();
        assertThat(model.report())
                .contains("Shared memory: It is too small.")
                .contains("    sudo mount -o remount,size=2g /dev/shm");
    }
}
