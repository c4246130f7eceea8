package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.JobState;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

class LiveScreenTest {

    private static final String ESCAPE = "\u001b";

    private final StringWriter out = new StringWriter();
    private final LiveScreen screen =
            new LiveScreen(
                    new Terminal(
                            new PrintWriter(out),
                            new PrintWriter(out),
                            true,
                            StandardCharsets.US_ASCII,
                            80,
                            24));

    @Test
    void redrawsInPlaceAfterTheFirstFrame() {
        screen.show(Snapshots.of(JobState.STREAMING).snapshot());
        assertThat(out.toString()).startsWith("\r").doesNotContain("A\r");

        out.getBuffer().setLength(0);
        screen.show(Snapshots.of(JobState.STREAMING).snapshot());
        assertThat(out.toString()).startsWith(ESCAPE + "[3A\r").endsWith(ESCAPE + "[J");
    }

    @Test
    void keepsWarningsAboveTheRedrawnBlockAndSaysThemOnce() {
        screen.show(Snapshots.of(JobState.STREAMING).snapshot());
        out.getBuffer().setLength(0);

        screen.show(Snapshots.of(JobState.STREAMING).events("look here").snapshot());
        assertThat(out.toString()).containsSubsequence("[3A", "look here", "Backup of");

        out.getBuffer().setLength(0);
        screen.show(Snapshots.of(JobState.STREAMING).events("look here").snapshot());
        assertThat(out.toString()).startsWith(ESCAPE + "[3A").doesNotContain("look here");
    }

    @Test
    void leavesTheChecklistOfTheDrainWhenTheJobEnds() {
        screen.show(Snapshots.of(JobState.CANCELLING).drained(3).snapshot());
        out.getBuffer().setLength(0);

        screen.end(Snapshots.of(JobState.CANCELLED).drained(7).snapshot());

        assertThat(out.toString())
                .contains("stop requested", "partial files removed")
                .doesNotContain("total");
    }
}
