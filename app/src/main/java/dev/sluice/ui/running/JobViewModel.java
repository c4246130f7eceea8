package dev.sluice.ui.running;

import dev.sluice.job.BufferUse;
import dev.sluice.job.DrainStep;
import dev.sluice.job.Job;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.Triggers;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A job on the screen, running or ended. It is told when to look ({@link #sample()}); nothing is
 * pushed into it. The lists are for reading. FX thread.
 */
public final class JobViewModel {

    private final Job job;
    private final Texts texts;
    private final ProgressModel progress;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper cancellable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<JobState> state =
            new ReadOnlyObjectWrapper<>(JobState.PREPARING);
    private final ReadOnlyObjectWrapper<JobKind> kind = new ReadOnlyObjectWrapper<>(JobKind.BACKUP);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper database = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper statement = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper result = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper outstanding = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper spoken = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Path> set = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper ended = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<BufferUse>> buffers =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Set<BufferUse>> uses =
            new ReadOnlyObjectWrapper<>(Set.of());
    private final ObservableList<StripStep> strip = FXCollections.observableArrayList();
    private final ObservableList<DeviceRow> devices = FXCollections.observableArrayList();
    private final ObservableList<DrainStep> drain = FXCollections.observableArrayList();
    private final ObservableList<StuckIo> stuck = FXCollections.observableArrayList();
    private final ObservableList<LogLine> log = FXCollections.observableArrayList();
    private final FilteredList<LogLine> found = new FilteredList<>(log);
    private final StringProperty sought = new SimpleStringProperty("");

    private JobState reached = JobState.PREPARING;

    /** Shows a job as it is now. */
    public JobViewModel(Job job, Texts texts) {
        this.job = job;
        this.texts = texts;
        this.progress = new ProgressModel(texts);
        sought.subscribe(text -> found.setPredicate(line -> line.contains(text)));
        sample();
    }

    /** The job itself. */
    Job job() {
        return job;
    }

    /** Looks at the job. */
    public void sample() {
        show(job.snapshot());
    }

    /** Asks the job to stop, and looks. */
    public void cancel() {
        if (cancellable.get()) {
            job.cancel(Triggers.USER);
            sample();
        }
    }

    /** Interrupts the I/O that a device is stuck in; the drain still waits for it. */
    public void interruptIo(int device) {
        job.interruptIo(device);
    }

    private void show(JobSnapshot now) {
        reached = StripStep.onTheWay(now.state()) ? now.state() : reached;
        showWhat(now);
        showParts(now);
        progress.show(now);
        ended.set(ended(now));
        spoken.set(spoken(now.state()));
        // last: whoever hears of a change of state finds everything else up to date
        cancellable.set(isCancellable(now));
        state.set(now.state());
        running.set(!now.state().isTerminal());
    }

    private static String ended(JobSnapshot now) {
        return now.state().isTerminal()
                ? Formats.dateAndMinute(now.started().plus(now.elapsed()))
                : "";
    }

    private String spoken(JobState now) {
        String more =
                switch (now) {
                    case PREPARING, CONNECTING, STREAMING, FINALISING -> texts.of("job.state", now);
                    case CANCELLING -> outstanding.get();
                    case COMPLETED, CANCELLED, FAILED -> result.get();
                };
        return title.get() + ". " + more;
    }

    private static boolean isCancellable(JobSnapshot now) {
        return !now.state().isTerminal()
                && now.state() != JobState.CANCELLING
                && !now.cancelTooLate();
    }

    private void showWhat(JobSnapshot now) {
        kind.set(now.kind());
        database.set(now.database());
        step.set(step(now.sequence()));
        title.set(title(now, texts));
        statement.set(now.statement() == null ? "" : now.statement());
        set.set(now.set());
        result.set(texts.tell(now.told()));
    }

    private String step(JobSnapshot.Sequence sequence) {
        return sequence.legs() == 1 ? "" : texts.get("job.step", sequence.leg(), sequence.legs());
    }

    /** What a job does to which database, or what became of it, in a few words. */
    public static String title(JobSnapshot now, Texts texts) {
        return switch (now.kind()) {
            case BACKUP -> texts.of("job.title.backup", now.state(), now.database());
            case RESTORE -> texts.of("job.title.restore", now.state(), now.database());
            case INSPECTION, VERIFICATION, CHECK ->
                    texts.of("job.title.look", now.state(), now.database());
        };
    }

    private void showParts(JobSnapshot now) {
        replace(strip, StripStep.strip(now.state(), reached));
        replace(drain, now.drain());
        replace(stuck, StuckIo.in(now));
        showDevices(now);
        addToLog(now.events());
        change(uses, now.uses());
        change(buffers, now.buffers());
        outstanding.set(texts.get("job.outstanding", now.outstanding()));
    }

    private void showDevices(JobSnapshot now) {
        // the next run of a sequence may have fewer
        if (devices.size() > now.devices().size()) {
            devices.remove(now.devices().size(), devices.size());
        }
        while (devices.size() < now.devices().size()) {
            devices.add(new DeviceRow(devices.size(), texts));
        }
        now.devices().forEach(device -> devices.get(device.index()).show(device));
    }

    private void addToLog(List<JobEvent> events) {
        if (events.size() > log.size()) {
            log.addAll(
                    events.subList(log.size(), events.size()).stream()
                            .map(event -> LogLine.of(event, texts))
                            .toList());
        }
    }

    // to a property another list is a change, whatever is in it
    private static <T> void change(ReadOnlyObjectWrapper<T> shown, T now) {
        if (!now.equals(shown.get())) {
            shown.set(now);
        }
    }

    private static <T> void replace(ObservableList<T> shown, List<T> now) {
        if (!shown.equals(now)) {
            shown.setAll(now);
        }
    }

    /** Bytes, rate, estimate. */
    public ProgressModel progress() {
        return progress;
    }

    /** Whether it has not ended. */
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /** Whether it can still be asked to stop. */
    public ReadOnlyBooleanProperty cancellable() {
        return cancellable.getReadOnlyProperty();
    }

    /** When it ended; empty before that. */
    public ReadOnlyStringProperty ended() {
        return ended.getReadOnlyProperty();
    }

    /** Its state. */
    public ReadOnlyObjectProperty<JobState> state() {
        return state.getReadOnlyProperty();
    }

    /** Backup or restore. */
    public ReadOnlyObjectProperty<JobKind> kind() {
        return kind.getReadOnlyProperty();
    }

    /** What it does to which database, in a few words. */
    public ReadOnlyStringProperty title() {
        return title.getReadOnlyProperty();
    }

    /** The database that is backed up or restored to. */
    public ReadOnlyStringProperty database() {
        return database.getReadOnlyProperty();
    }

    /** Which of several runs it is about, in words; empty for a job of one run. */
    public ReadOnlyStringProperty step() {
        return step.getReadOnlyProperty();
    }

    /** The T-SQL that was sent; empty before. */
    public ReadOnlyStringProperty statement() {
        return statement.getReadOnlyProperty();
    }

    /** What happened, once ended. */
    public ReadOnlyStringProperty result() {
        return result.getReadOnlyProperty();
    }

    /** How many buffers are in our hands, in words. */
    public ReadOnlyStringProperty outstanding() {
        return outstanding.getReadOnlyProperty();
    }

    /** Folder of the backup set; null as long as there is none. */
    public ReadOnlyObjectProperty<@Nullable Path> set() {
        return set.getReadOnlyProperty();
    }

    /** What somebody who does not see the screen is told when it changes. */
    public ReadOnlyStringProperty spoken() {
        return spoken.getReadOnlyProperty();
    }

    /** What is done with each shared buffer. */
    public ReadOnlyObjectProperty<List<BufferUse>> buffers() {
        return buffers.getReadOnlyProperty();
    }

    /** As {@link JobSnapshot#uses()}. */
    public ReadOnlyObjectProperty<Set<BufferUse>> uses() {
        return uses.getReadOnlyProperty();
    }

    /** The state strip. */
    public ObservableList<StripStep> strip() {
        return strip;
    }

    /** A row per device. */
    public ObservableList<DeviceRow> devices() {
        return devices;
    }

    /** The drain's checklist; empty as long as no stop was requested. */
    public ObservableList<DrainStep> drain() {
        return drain;
    }

    /** I/Os that keep the drain waiting. */
    public ObservableList<StuckIo> stuck() {
        return stuck;
    }

    /** The log, oldest first. */
    public ObservableList<LogLine> log() {
        return log;
    }

    /** The lines of the log that have what is sought in them. */
    public ObservableList<LogLine> found() {
        return found;
    }

    /** What is sought in the log; empty for every line. */
    public StringProperty sought() {
        return sought;
    }
}
