package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BufferUse;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

class LiveViewTest {

    private final LiveView view = new LiveView(Glyphs.ASCII);

    @Test
    void showsStateDevicesBuffersAndTotal() {
        JobSnapshot job =
                Snapshots.of(JobState.STREAMING)
                        .progress(120 << 20, 280 << 20)
                        .devices(2, DeviceState.IN_IO)
                        .buffers(
                                BufferUse.WRITING,
                                BufferUse.WRITING,
                                BufferUse.CHECKING,
                                BufferUse.HELD,
                                BufferUse.QUEUED,
                                BufferUse.SERVER,
                                BufferUse.FREE)
                        .snapshot();

        assertThat(text(view.lines(job, 120, 24)))
                .containsExactly(
                        "Backup of SluiceSample  1.5 s  preparing > connecting > [Streaming] >"
                                + " finalising",
                        "  1  in I/O     VDC_Write       3.0 MiB   12.0 MiB/s  1 in hand, 2 queued",
                        "  2  in I/O     VDC_Write       3.0 MiB   12.0 MiB/s  1 in hand, 2 queued",
                        "buffers  wwdhqs.",
                        "         . 1 free, s 1 server, q 1 queued, h 1 held, d 1 digest, w 2"
                                + " writing",
                        "total    #################-----------------------  42%  120 MiB of 280"
                                + " MiB",
                        "         24.0 MiB/s, about 6 s left (from the last run)");
    }

    @Test
    void claimsNothingOfQueuesThatTheLibraryDoesNotTellOf() {
        JobSnapshot job =
                Snapshots.of(JobState.STREAMING)
                        .devices(1, DeviceState.IN_IO)
                        .withUnknownQueues()
                        .buffers(BufferUse.READING, BufferUse.SERVER, BufferUse.SERVER)
                        .snapshot();

        assertThat(text(view.lines(job, 120, 24)))
                .contains(
                        "  1  in I/O     VDC_Write       3.0 MiB   12.0 MiB/s  1 in hand",
                        "buffers  rss",
                        "         s 2 server, r 1 reading");
    }

    @Test
    void aRestoreThatDoesNotKnowItsDatabaseYetNamesNone() {
        assertThat(Words.job(JobKind.RESTORE, "")).isEqualTo("Restore");
    }

    @Test
    void showsNoBarWithoutATotal() {
        JobSnapshot job = Snapshots.of(JobState.CONNECTING).snapshot();

        assertThat(text(view.lines(job, 80, 24))).endsWith("total    0 B", "         0 B/s");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 79, 80, 200})
    void neverWritesBeyondTheWidth(int columns) {
        JobSnapshot job = crowded(64);

        assertThat(view.lines(job, columns, 30))
                .allSatisfy(line -> assertThat(line.text().length()).isLessThanOrEqualTo(columns));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 12, 64})
    void neverWritesMoreLinesThanTheTerminalHas(int devices) {
        assertThat(view.lines(crowded(devices), 80, 24)).hasSizeLessThan(24);
    }

    @Test
    void foldsTheDevicesThatFindNoRoom() {
        assertThat(text(view.lines(crowded(64), 80, 24)))
                .contains("     and 54 devices more: 162 MiB, 54 in hand");
    }

    @Test
    void groupsBuffersWhenThereAreMoreThanColumns() {
        BufferUse[] uses = Collections.nCopies(512, BufferUse.FREE).toArray(BufferUse[]::new);
        uses[510] = BufferUse.WRITING;
        uses[511] = BufferUse.RETURNED;
        JobSnapshot job = Snapshots.of(JobState.CANCELLING).buffers(uses).snapshot();

        List<String> lines = text(view.lines(job, 100, 24));
        int map = lines.indexOf("buffers  " + ".".repeat(85) + "w");

        assertThat(map).as("what is awaited stands out from its group").isPositive();
        assertThat(lines.get(map + 1).strip()).isEqualTo(". 510 free, x 1 returned, w 1 writing");
    }

    @Test
    void turnsIntoTheChecklistOfTheDrain() {
        JobSnapshot job = Snapshots.of(JobState.CANCELLING).drained(2).snapshot();

        assertThat(text(view.lines(job, 100, 30)))
                .contains(
                        "Backup of SluiceSample  1.5 s  Cancelling",
                        "  [x] stop requested             0.4 s",
                        "  [x] SignalAbort sent           0.4 s",
                        "  [>] buffers returned           0.4 s  3 of 8 buffers returned",
                        "  [ ] devices closed",
                        "  [ ] partial files removed");
    }

    @Test
    void saysWhatTheLastStepMeansForARestore() {
        JobSnapshot job =
                Snapshots.of(JobState.CANCELLING).kind(JobKind.RESTORE).drained(7).snapshot();

        assertThat(text(view.drain(job))).last().asString().contains("target checked");
    }

    @Test
    void drawsWithWhatTheEncodingKnows() {
        assertThat(Glyphs.of(StandardCharsets.UTF_8)).isEqualTo(Glyphs.UNICODE);
        assertThat(Glyphs.of(StandardCharsets.US_ASCII)).isEqualTo(Glyphs.ASCII);
    }

    @ParameterizedTest
    @MethodSource
    void everyUseOfABufferHasASignOfItsOwn(Glyphs glyphs) {
        assertThat(Stream.of(BufferUse.values()).map(glyphs::of)).doesNotHaveDuplicates();
    }

    static List<Glyphs> everyUseOfABufferHasASignOfItsOwn() {
        return List.of(Glyphs.ASCII, Glyphs.UNICODE);
    }

    private static JobSnapshot crowded(int devices) {
        return Snapshots.of(JobState.CANCELLING)
                .progress(120 << 20, 280 << 20)
                .devices(devices, DeviceState.IN_IO)
                .buffers(BufferUse.WRITING, BufferUse.FREE)
                .drained(2)
                .snapshot();
    }

    private static List<String> text(List<ScreenLine> lines) {
        return lines.stream().map(ScreenLine::text).toList();
    }
}
