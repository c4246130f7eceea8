package dev.sluice.ui.running;

import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.time.Duration;

/** How far a job is, in words and numbers. FX thread. */
public final class ProgressModel {

    private final Texts texts;
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyBooleanWrapper moved = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper percent = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper amount = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper rate = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper average = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper elapsed = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper remaining = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper source = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper heldBackBy = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper highest = new ReadOnlyStringWrapper("");
    private final Bottleneck bottleneck = new Bottleneck();
    private final RateHistory rates = new RateHistory();
    private final ReadOnlyObjectWrapper<double[]> overTime =
            new ReadOnlyObjectWrapper<>(new double[0]);

    ProgressModel(Texts texts) {
        this.texts = texts;
    }

    void show(JobSnapshot job) {
        JobSnapshot.Progress progress = job.progress();
        boolean completed = job.state() == JobState.COMPLETED;
        double done = completed ? 1 : progress.fraction();
        // what has ended shall not look as if it were still at work
        fraction.set(job.state().isTerminal() ? Math.max(0, done) : done);
        moved.set(progress.bytesDone() > 0);
        percent.set(done < 0 ? texts.get("job.unknown") : Formats.percent(done));
        amount.set(amount(progress, completed));
        average.set(rate(progress.averageBytesPerSecond()));
        elapsed.set(Formats.span(job.elapsed()));
        showLive(job, progress);
    }

    private void showLive(JobSnapshot job, JobSnapshot.Progress progress) {
        boolean streaming = job.state() == JobState.STREAMING;
        if (streaming) {
            bottleneck.look(job.devices());
            rates.add(job.elapsed(), progress.bytesPerSecond());
            overTime.set(rates.rates());
            highest.set(rate(rates.highest()));
        }
        boolean pauses = streaming && progress.bytesDone() > 0 && progress.bytesPerSecond() <= 0;
        String now = pauses ? Formats.rate(0) : rate(progress.bytesPerSecond());
        rate.set(job.state().isTerminal() ? texts.get("job.unknown") : now);
        heldBackBy.set(
                streaming
                        ? texts.of("job.bottleneck", bottleneck.cause())
                        : texts.get("job.unknown"));
        Duration left = streaming ? progress.remaining() : null;
        remaining.set(left == null ? texts.get("job.unknown") : Formats.span(left));
        source.set(job.state().isTerminal() ? "" : texts.of("job.source", progress.source()));
    }

    private String amount(JobSnapshot.Progress progress, boolean completed) {
        String done = Formats.bytes(progress.bytesDone());
        return completed || progress.bytesTotal() < 0
                ? done
                : texts.get("job.amount", done, Formats.bytes(progress.bytesTotal()));
    }

    private String rate(double bytesPerSecond) {
        return bytesPerSecond <= 0 ? texts.get("job.unknown") : Formats.rate(bytesPerSecond);
    }

    /** From 0 to 1; -1 as long as nothing is known. */
    public ReadOnlyDoubleProperty fraction() {
        return fraction.getReadOnlyProperty();
    }

    /** Whether any byte was. */
    public ReadOnlyBooleanProperty moved() {
        return moved.getReadOnlyProperty();
    }

    /** The fraction as a percentage. */
    public ReadOnlyStringProperty percent() {
        return percent.getReadOnlyProperty();
    }

    /** Bytes moved, of how many. */
    public ReadOnlyStringProperty amount() {
        return amount.getReadOnlyProperty();
    }

    /** The rate of the last seconds. */
    public ReadOnlyStringProperty rate() {
        return rate.getReadOnlyProperty();
    }

    /** The rate of the whole job in equal steps of time, oldest first; bytes per second. */
    public ReadOnlyObjectProperty<double[]> overTime() {
        return overTime.getReadOnlyProperty();
    }

    /** The highest rate of those. */
    public ReadOnlyStringProperty highest() {
        return highest.getReadOnlyProperty();
    }

    /** The rate since streaming began. */
    public ReadOnlyStringProperty average() {
        return average.getReadOnlyProperty();
    }

    /** Since the start. */
    public ReadOnlyStringProperty elapsed() {
        return elapsed.getReadOnlyProperty();
    }

    /** The estimate of the time left. */
    public ReadOnlyStringProperty remaining() {
        return remaining.getReadOnlyProperty();
    }

    /** From what the estimate was made. */
    public ReadOnlyStringProperty source() {
        return source.getReadOnlyProperty();
    }

    /** What the job mostly waits for. */
    public ReadOnlyStringProperty heldBackBy() {
        return heldBackBy.getReadOnlyProperty();
    }
}
