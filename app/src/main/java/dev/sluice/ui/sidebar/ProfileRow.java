package dev.sluice.ui.sidebar;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Profile;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.RunRecord;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A profile and how it went last.
 *
 * @param last the run that tells; null when none is known
 */
public record ProfileRow(Profile profile, @Nullable RunRecord last) {

    /** What to tell of several databases, the most urgent first. */
    private static final List<RunRecord.Outcome> URGENCY =
            List.of(
                    RunRecord.Outcome.RUNNING,
                    RunRecord.Outcome.FAILED,
                    RunRecord.Outcome.INTERRUPTED,
                    RunRecord.Outcome.CANCELLED,
                    RunRecord.Outcome.COMPLETED);

    /**
     * Finds how a profile went last. Of several databases each has a run of its own, and the one
     * that went worst is told.
     *
     * @param runs the history, newest first
     */
    static ProfileRow of(Profile profile, List<RunRecord> runs) {
        List<RunRecord> own = runs.stream().filter(profile::started).toList();
        return switch (profile.request()) {
            case RestoreRequest _ -> new ProfileRow(profile, own.isEmpty() ? null : own.getFirst());
            case BackupRequest request -> new ProfileRow(profile, worst(own, request));
        };
    }

    private static @Nullable RunRecord worst(List<RunRecord> newestFirst, BackupRequest request) {
        // a database that the profile names no more has no say
        Map<String, RunRecord> last = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        newestFirst.forEach(run -> last.putIfAbsent(run.database(), run));
        return request.databases().stream()
                .map(last::get)
                .filter(Objects::nonNull)
                .min(
                        Comparator.comparingInt((RunRecord run) -> URGENCY.indexOf(run.outcome()))
                                .thenComparing(RunRecord::started, Comparator.reverseOrder()))
                .orElse(null);
    }

    String name() {
        return profile.name();
    }
}
