package dev.sluice.ui.running;

import dev.sluice.job.Job;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * The jobs on the screen: those that run, and those that ended and were not put away. FX thread.
 */
public final class JobsViewModel {

    private final Texts texts;
    private final ObservableList<JobViewModel> jobs = FXCollections.observableArrayList();

    /** One view of the list for all: a view that nobody keeps tells its listeners nothing. */
    private final ObservableList<JobViewModel> shown =
            FXCollections.unmodifiableObservableList(jobs);

    private final ReadOnlyObjectWrapper<@Nullable JobViewModel> selected =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper running = new ReadOnlyIntegerWrapper();

    /** No jobs yet. */
    public JobsViewModel(Texts texts) {
        this.texts = texts;
    }

    /** Shows a job, and selects it. */
    public JobViewModel add(Job job) {
        JobViewModel model = new JobViewModel(job, texts);
        jobs.addFirst(model);
        selected.set(model);
        count();
        return model;
    }

    /** Turns to one of the jobs. */
    public void select(JobViewModel job) {
        selected.set(job);
    }

    /** Looks at every job that runs. */
    public void sample() {
        jobs.stream().filter(job -> job.running().get()).forEach(JobViewModel::sample);
        count();
    }

    /** Whether one of them is seen to wait for what is in its hands, so that it can end. */
    public boolean isDraining() {
        return jobs.stream().anyMatch(job -> job.running().get() && !job.drain().isEmpty());
    }

    /** The job that a wish to cancel is about: the one looked at, or the only one that can be. */
    public Optional<JobViewModel> toCancel() {
        List<JobViewModel> able = jobs.stream().filter(job -> job.cancellable().get()).toList();
        return able.stream().filter(job -> able.size() == 1 || job == selected.get()).findFirst();
    }

    /** Asks every job to stop that still can be. */
    public void cancelAll() {
        jobs.forEach(JobViewModel::cancel);
    }

    /** Puts a job away that has ended; the newest of the others is selected instead. */
    public void putAway(JobViewModel job) {
        if (job.running().get()) {
            return;
        }
        jobs.remove(job);
        if (selected.get() == job) {
            selected.set(jobs.isEmpty() ? null : jobs.getFirst());
        }
    }

    /** Puts all jobs away that have ended. */
    public void putAwayEnded() {
        List.copyOf(jobs).forEach(this::putAway);
    }

    private void count() {
        running.set((int) jobs.stream().filter(job -> job.running().get()).count());
    }

    /** The jobs, newest first. */
    public ObservableList<JobViewModel> jobs() {
        return shown;
    }

    /** The jobs behind those that run. */
    public List<Job> unfinished() {
        return stillRunning().stream().map(JobViewModel::job).toList();
    }

    /** Those that run, for sentences about them. */
    public List<JobViewModel> stillRunning() {
        return jobs.stream().filter(job -> job.running().get()).toList();
    }

    /** The job that is looked at; null when there is none. */
    public ReadOnlyObjectProperty<@Nullable JobViewModel> selected() {
        return selected.getReadOnlyProperty();
    }

    /** How many have not ended. */
    public ReadOnlyIntegerProperty running() {
        return running.getReadOnlyProperty();
    }
}
