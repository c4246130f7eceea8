package dev.sluice.ui.doctor;

import dev.sluice.doctor.Check;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** An examination of this machine, check by check as they end. FX thread. */
public final class DoctorViewModel {

    /** Carries out checks, any of which may wait for a disk. */
    public interface Examination {
        /**
         * Examines.
         *
         * @param destinations folders to look at besides those of profiles
         * @param told hears each check as it ends, on the calling thread
         */
        void examine(List<Path> destinations, Consumer<Check> told);
    }

    private final Examination examination;
    private final Supplier<List<Path>> destinations;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final ObservableList<Check> checks = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper examining = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");

    /** What was found and is not shown yet; written to by the examining thread. */
    private final Queue<Check> found = new ConcurrentLinkedQueue<>();

    /**
     * A model that knows nothing until {@link #examine()}.
     *
     * @param destinations folders to look at besides those of profiles
     */
    public DoctorViewModel(
            Examination examination,
            Supplier<List<Path>> destinations,
            Background background,
            Notices notices,
            Texts texts) {
        this.examination = examination;
        this.destinations = destinations;
        this.background = background;
        this.notices = notices;
        this.texts = texts;
    }

    /** Examines anew, unless an examination goes on. */
    public void examine() {
        if (examining.get()) {
            return;
        }
        checks.clear();
        examining.set(true);
        sum();
        List<Path> folders = destinations.get();
        background.run(
                () -> {
                    examination.examine(folders, found::add);
                    return folders;
                },
                done -> ended(),
                failure -> {
                    ended();
                    notices.error(failure);
                });
    }

    /** Examines when nothing was found so far. */
    public void examineOnce() {
        if (checks.isEmpty()) {
            examine();
        }
    }

    /** Shows what was found since the last look. */
    public void sample() {
        for (Check check = found.poll(); check != null; check = found.poll()) {
            checks.add(check);
        }
        sum();
    }

    private void ended() {
        examining.set(false);
        sample();
    }

    private void sum() {
        summary.set(
                examining.get()
                        ? texts.get("doctor.examining", checks.size())
                        : texts.get(
                                "doctor.summary",
                                checks.size(),
                                count(Check.State.FAILED),
                                count(Check.State.WARNING)));
    }

    private long count(Check.State state) {
        return checks.stream().filter(check -> check.state() == state).count();
    }

    /** Everything that was found, as a text to be copied. */
    public String report() {
        return checks.stream().map(this::inWords).collect(Collectors.joining("\n"));
    }

    private String inWords(Check check) {
        String line =
                "%s: %s: %s\n"
                        .formatted(
                                texts.of("doctor.state", check.state()),
                                texts.tell(check.subject()),
                                texts.tell(check.finding()));
        return line
                + check.remedies().stream()
                        .map(fix -> "    " + texts.tell(fix) + "\n")
                        .collect(Collectors.joining());
    }

    /** The checks that have ended, in the order in which people should read them. For reading. */
    public ObservableList<Check> checks() {
        return checks;
    }

    /** Whether an examination goes on. */
    public ReadOnlyBooleanProperty examining() {
        return examining.getReadOnlyProperty();
    }

    /** How it is on the whole, in a sentence. */
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }
}
