package dev.sluice.ui.sets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.JobKind;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.Verdicts;
import dev.sluice.media.BackupSet;
import dev.sluice.media.PaperSets;
import dev.sluice.ui.SameThread;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;

@SuppressWarnings("NullAway.Init") // made before each test
class SetsViewModelTest {

    @TempDir private Path home;
    private SluiceEngine engine;
    private Path set;
    private final Notices notices = new Notices(Texts.load("en"));

    @BeforeEach
    void writeASet() throws IOException {
        engine = new SluiceEngine(Folders.under(home), List.of());
        BackupSet full = new PaperSets("prod", "Sales").full(LocalDateTime.of(2026, 3, 4, 10, 0));
        set = PaperSets.write(full, home.resolve("backups")).directory();
    }

    private SetsViewModel sets() {
        SetsViewModel sets =
                new SetsViewModel(
                        engine,
                        home.resolve("backups"),
                        new SameThread(),
                        notices,
                        Texts.load("en"));
        sets.refresh();
        return sets;
    }

    private void keep(JobKind kind, Outcome outcome, Duration ago) {
        String result = outcome == Outcome.FAILED ? "stripe-01.bak is not as it was" : null;
        HistoryRows.keep(
                Folders.under(home),
                HistoryRows.ofSet(
                        kind, outcome, set, Instant.now().minus(ago), "profile nightly", result));
    }

    private static SetRow row(SetsViewModel sets) {
        assertThat(sets.rows()).hasSize(1);
        return sets.rows().getFirst();
    }

    @Test
    void whatSluiceVerifiedOnceIsVerifiedWithWhenAndByWhom() {
        assertThat(row(sets()).state()).isEqualTo(SetRow.State.COMMITTED);
        keep(JobKind.CHECK, Outcome.COMPLETED, Duration.ofHours(1));
        keep(JobKind.CHECK, Outcome.CANCELLED, Duration.ofMinutes(1));
        SetRow verified = row(sets());
        assertThat(verified.state()).isEqualTo(SetRow.State.VERIFIED);
        assertThat(verified.problem()).contains("by Sluice", "started by: profile “nightly”");
    }

    @Test
    void aVerificationThatFailedMarksTheSetUntilALaterOneSucceeds() {
        keep(JobKind.CHECK, Outcome.FAILED, Duration.ofHours(3));
        SetRow damaged = row(sets());
        assertThat(damaged.state()).isEqualTo(SetRow.State.DAMAGED);
        assertThat(damaged.problem()).contains("damage", "stripe-01.bak is not as it was");
        keep(JobKind.VERIFICATION, Outcome.FAILED, Duration.ofHours(2));
        SetRow refused = row(sets());
        assertThat(refused.state()).isEqualTo(SetRow.State.DAMAGED);
        assertThat(refused.problem()).contains("by server prod");
        keep(JobKind.VERIFICATION, Outcome.COMPLETED, Duration.ofHours(1));
        assertThat(row(sets()).state()).isEqualTo(SetRow.State.VERIFIED);
    }

    @Test
    void aVerdictThatWasKeptThroughALinkIsShown() throws IOException {
        Path real = set.toRealPath();
        Path link = Files.createSymbolicLink(home.resolve("link"), real.getParent());
        Path linked = link.resolve(real.getFileName());
        HistoryRows.keep(
                Folders.under(home),
                HistoryRows.ofSet(
                        JobKind.CHECK,
                        Outcome.FAILED,
                        linked,
                        Instant.now().minus(Duration.ofHours(1)),
                        "window",
                        "damage"));
        SetsViewModel here = sets();
        assertThat(row(here).state()).isEqualTo(SetRow.State.DAMAGED);
        here.show(linked);
        assertThat(here.selected().get()).isEqualTo(row(here));
    }

    @Test
    void aSetThatCannotEvenBeOpenedCanBeVerifiedAndIsKnownToBeDamagedThen() throws IOException {
        Files.delete(set.resolve("stripe-01.bak"));
        SetsViewModel here = sets();
        assertThat(row(here).folder()).isEqualTo(set);
        assertThat(row(here).state()).isEqualTo(SetRow.State.DAMAGED);
        assertThat(row(here).canBeVerified()).isTrue();
        here.select(set);
        here.verify();
        assertThat(Verdicts.of(engine.history().list()).isDamaged(set)).isTrue();
        SetRow damaged = Objects.requireNonNull(here.selected().get());
        assertThat(damaged.problem()).contains("stripe-01.bak is missing");
    }

    @Test
    void aSetThatANewerSluiceMadeIsNotCalledDamaged() throws IOException {
        Files.writeString(set.resolve("manifest.json"), "{\"formatVersion\": 99}");
        assertThat(row(sets()).state()).isEqualTo(SetRow.State.UNREADABLE);
        SetsViewModel here = sets();
        here.select(set);
        here.verify();
        assertThat(Verdicts.of(engine.history().list()).on(set)).isNull();
        assertThat(Objects.requireNonNull(notices.current().get()).text())
                .startsWith("The set could not be verified");
    }

    @Test
    void aVerificationHereIsKeptForTheNextTime() throws IOException {
        SetsViewModel here = sets();
        here.select(set);
        here.verify();
        SetRow damaged = Objects.requireNonNull(here.selected().get());
        assertThat(damaged.state()).isEqualTo(SetRow.State.DAMAGED);
        assertThat(damaged.problem()).contains("stripe-01", "started by: window");
        RunRecord kept = engine.history().list().getFirst();
        assertThat(kept.kind()).isEqualTo(JobKind.CHECK);
        assertThat(kept.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(kept.set()).isEqualTo(set);
        assertThat(row(sets())).isEqualTo(damaged);
    }
}
