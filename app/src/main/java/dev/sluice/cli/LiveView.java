package dev.sluice.cli;

import static dev.sluice.cli.ScreenLine.plain;

import dev.sluice.cli.ScreenLine.Look;
import dev.sluice.job.BufferUse;
import dev.sluice.job.DrainStep;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobSnapshot.Device;
import dev.sluice.job.JobSnapshot.Progress;
import dev.sluice.job.JobState;
import dev.sluice.vdi.DeviceSetObservation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws a job as lines for a terminal. Pure: the same snapshot and size give the same lines. */
final class LiveView {

    private static final List<JobState> STRIP =
            List.of(
                    JobState.PREPARING,
                    JobState.CONNECTING,
                    JobState.STREAMING,
                    JobState.FINALISING);

    /**
     * Lines that are not devices: head, two each for buffers and total, drain, one to stay free.
     */
    private static final int OTHER_LINES = 6 + DrainStep.Phase.values().length;

    private static final int FEWEST_DEVICES = 2;

    private final Glyphs glyphs;

    LiveView(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** The job in at most so many columns and rows. */
    List<ScreenLine> lines(JobSnapshot job, int columns, int rows) {
        List<ScreenLine> lines = new ArrayList<>();
        lines.add(head(job));
        lines.addAll(devices(job.devices(), Math.max(FEWEST_DEVICES, rows - OTHER_LINES)));
        if (!job.buffers().isEmpty()) {
            lines.addAll(buffers(job.buffers(), columns));
        }
        lines.addAll(total(job, columns));
        lines.addAll(drain(job));
        return lines.stream().map(line -> line.cut(columns)).toList();
    }

    /** The steps of a drain; nothing when no stop was requested. */
    List<ScreenLine> drain(JobSnapshot job) {
        return job.drain().stream().map(step -> step(step, job.kind())).toList();
    }

    private ScreenLine head(JobSnapshot job) {
        String strip =
                STRIP.contains(job.state())
                        ? STRIP.stream()
                                .map(state -> station(state, job.state()))
                                .collect(Collectors.joining(glyphs.arrow()))
                        : Words.of(job.state());
        return new ScreenLine(
                Words.job(job.kind(), job.database())
                        + "  "
                        + Text.duration(job.elapsed())
                        + "  "
                        + strip,
                job.state() == JobState.CANCELLING ? Look.ATTENTION : Look.STRONG);
    }

    private static String station(JobState state, JobState now) {
        return state == now
                ? "[" + Words.of(state) + "]"
                : Words.of(state).toLowerCase(Locale.ROOT);
    }

    private static List<ScreenLine> devices(List<Device> devices, int most) {
        if (devices.size() <= most) {
            return devices.stream().map(LiveView::device).toList();
        }
        List<Device> hidden = devices.subList(most - 1, devices.size());
        return Stream.concat(
                        devices.stream().limit(most - 1L).map(LiveView::device),
                        Stream.of(folded(hidden)))
                .toList();
    }

    private static ScreenLine device(Device device) {
        String queued =
                device.queued() == DeviceSetObservation.UNKNOWN
                        ? ""
                        : ", " + device.queued() + " queued";
        return plain(
                String.format(
                        Locale.ROOT,
                        "%3d  %-9s  %-12s  %9s  %11s  %d in hand%s",
                        device.index() + 1,
                        Words.of(device.state()),
                        device.command(),
                        Text.bytes(device.bytes()),
                        Text.rate(device.bytesPerSecond()),
                        device.inHand(),
                        queued));
    }

    private static ScreenLine folded(List<Device> devices) {
        long bytes = devices.stream().mapToLong(Device::bytes).sum();
        int inHand = devices.stream().mapToInt(Device::inHand).sum();
        return new ScreenLine(
                String.format(
                        Locale.ROOT,
                        "     and %d devices more: %s, %d in hand",
                        devices.size(),
                        Text.bytes(bytes),
                        inHand),
                Look.FAINT);
    }

    /** The map on a line of its own, so that it keeps its width while the counts change theirs. */
    private List<ScreenLine> buffers(List<BufferUse> buffers, int columns) {
        String title = "buffers  ";
        String counts =
                Stream.of(BufferUse.values())
                        .filter(buffers::contains)
                        .map(use -> count(buffers, use))
                        .collect(Collectors.joining(", "));
        return List.of(
                plain(title + map(buffers, Math.max(1, columns - title.length()))),
                plain(" ".repeat(title.length()) + counts));
    }

    private String count(List<BufferUse> buffers, BufferUse use) {
        return glyphs.of(use) + " " + Collections.frequency(buffers, use) + " " + Words.of(use);
    }

    /** One sign per buffer; with more buffers than room, one per group: what is awaited most. */
    private String map(List<BufferUse> buffers, int room) {
        int group = (buffers.size() + room - 1) / room;
        StringBuilder map = new StringBuilder();
        for (int from = 0; from < buffers.size(); from += group) {
            int to = Math.min(buffers.size(), from + group);
            map.append(glyphs.of(Collections.max(buffers.subList(from, to))));
        }
        return map.toString();
    }

    private List<ScreenLine> total(JobSnapshot job, int columns) {
        return List.of(
                new ScreenLine(
                        "total    " + bar(job.progress(), columns) + Words.amount(job.progress()),
                        Look.GOOD),
                plain("         " + Words.pace(job.progress())));
    }

    private String bar(Progress progress, int columns) {
        double fraction = progress.fraction();
        if (fraction < 0) {
            return "";
        }
        int room = Math.clamp(columns - 40L, 8, 40);
        int full = (int) Math.round(fraction * room);
        return String.valueOf(glyphs.full()).repeat(full)
                + String.valueOf(glyphs.empty()).repeat(room - full)
                + String.format(Locale.ROOT, " %3d%%  ", (int) (fraction * 100));
    }

    private ScreenLine step(DrainStep step, JobKind kind) {
        String time =
                step.status() == DrainStep.Status.PENDING ? "" : Text.duration(step.elapsed());
        String text =
                String.format(
                        Locale.ROOT,
                        "  %s %-22s  %8s  %s",
                        glyphs.of(step.status()),
                        Words.of(step, kind),
                        time,
                        step.detail());
        Look look =
                switch (step.status()) {
                    case PENDING -> Look.FAINT;
                    case ACTIVE -> Look.ATTENTION;
                    case DONE -> Look.GOOD;
                };
        return new ScreenLine(text.stripTrailing(), look);
    }
}
