package dev.sluice.cli;

import dev.sluice.job.DrainStep;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobSnapshot.Device;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Explains to an impatient person what a drain still waits for. Pure. */
final class Awaited {

    private Awaited() {}

    /** What is awaited, and why nothing is forced. */
    static List<String> lines(JobSnapshot job) {
        List<String> lines = new ArrayList<>();
        lines.add("Stopping since " + stopping(job) + ". Still awaited:");
        lines.addAll(awaited(job));
        lines.add(
                "Nothing is forced: a buffer that is in use cannot be given back, and closing the"
                        + " device set under it would harm the server. Sluice ends by itself as"
                        + " soon as this is done.");
        return lines;
    }

    private static String stopping(JobSnapshot job) {
        return job.drain().stream()
                .filter(step -> step.phase() == DrainStep.Phase.STOP_REQUESTED)
                .map(step -> Text.duration(step.elapsed()))
                .findFirst()
                .orElse("just now");
    }

    private static List<String> awaited(JobSnapshot job) {
        List<String> lines = new ArrayList<>();
        job.drain().stream()
                .filter(step -> step.status() == DrainStep.Status.ACTIVE)
                .map(step -> step(step, job))
                .forEach(lines::add);
        buffersInHand(job, lines);
        job.devices().stream().filter(Awaited::isBusy).map(Awaited::device).forEach(lines::add);
        return lines.isEmpty() ? List.of("  the job's next step") : lines;
    }

    private static String step(DrainStep step, JobSnapshot job) {
        String detail = step.detail().isEmpty() ? "" : ", " + step.detail();
        return "  step \""
                + Words.of(step, job.kind())
                + "\" for "
                + Text.duration(step.elapsed())
                + detail;
    }

    private static void buffersInHand(JobSnapshot job, List<String> lines) {
        String ids =
                IntStream.range(0, job.buffers().size())
                        .filter(id -> job.buffers().get(id).isOurs())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", "));
        if (!ids.isEmpty()) {
            lines.add("  buffers in our hands: " + ids);
        }
    }

    private static boolean isBusy(Device device) {
        return switch (device.state()) {
            case CLOSED, ABORTED, FAILED -> device.inHand() > 0;
            case OPEN, WAITING, CHECKING, IN_IO, THROTTLED -> true;
        };
    }

    private static String device(Device device) {
        String command = device.command().isEmpty() ? "" : device.command() + ", ";
        return "  device %d: %s%s for %s, %s in hand, file %s"
                .formatted(
                        device.index() + 1,
                        command,
                        Words.of(device.state()),
                        Text.duration(device.inState()),
                        Text.count(device.inHand(), "command"),
                        device.stripe());
    }
}
