package dev.sluice.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.JobKind;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.Verdicts;
import dev.sluice.media.BackupSet;
import dev.sluice.media.PaperSets;
import dev.sluice.ui.restore.KnownSets.Found;
import dev.sluice.ui.restore.KnownSets.Place;

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

@SuppressWarnings("NullAway.Init") // made before each test
class KnownSetsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

    @TempDir private Path home;
    private BackupSet full;
    private BackupSet log;
    private KnownSets known;

    @BeforeEach
    void write() throws IOException {
        PaperSets sales = new PaperSets("prod", "Sales");
        LocalDateTime at = LocalDateTime.of(2026, 3, 4, 10, 0);
        full = PaperSets.write(sales.full(at), home.resolve("backups"));
        log =
                PaperSets.write(
                        sales.log(at.minusHours(1), at.plusHours(1)), home.resolve("backups"));
        known = new KnownSets(RunHistory.of(Folders.under(home)));
    }

    private void keep(JobKind kind, Outcome outcome, Path set, Duration ago) {
        HistoryRows.keep(
                Folders.under(home),
                HistoryRows.ofSet(kind, outcome, set, NOW.minus(ago), "a test", null));
    }

    @Test
    void theHistoryTellsWhereSetsAreAndWhichAreGone() throws Exception {
        keep(JobKind.BACKUP, Outcome.COMPLETED, full.directory(), Duration.ofHours(2));
        keep(JobKind.BACKUP, Outcome.COMPLETED, home.resolve("gone"), Duration.ofHours(3));
        keep(JobKind.BACKUP, Outcome.FAILED, log.directory(), Duration.ofHours(4));
        Found found = known.find(new Place.History());
        assertThat(found.sets()).extracting(BackupSet::directory).containsExactly(full.directory());
        assertThat(found.lost()).isEqualTo(1);
        assertThat(found.problems()).isEmpty();
    }

    @Test
    void aFolderHasAllThatLiesUnderIt() throws Exception {
        Found found = known.find(new Place.Folder(home.resolve("backups")));
        assertThat(found.sets())
                .extracting(BackupSet::directory)
                .containsExactlyInAnyOrder(full.directory(), log.directory());
    }

    @Test
    void aFileOfASetStandsForTheSet() throws Exception {
        Found found = known.find(new Place.Picked(List.of(full.stripePath(0), log.directory())));
        assertThat(found.sets())
                .extracting(BackupSet::directory)
                .containsExactlyInAnyOrder(full.directory(), log.directory());
    }

    @Test
    void whatIsNoSetIsSaidToBeNone() throws Exception {
        Path stranger = Files.writeString(home.resolve("stranger.bak"), "a backup of another tool");
        Found found = known.find(new Place.Picked(List.of(stranger)));
        assertThat(found.problems()).singleElement().asString().contains("stranger.bak");
    }

    @Test
    void aSetThatLacksAStripeIsTold() throws Exception {
        Files.delete(full.stripePath(0));
        Found found = known.find(new Place.Folder(home.resolve("backups")));
        assertThat(found.sets()).hasSize(1);
        assertThat(found.problems()).singleElement().asString().contains("missing");
    }

    @Test
    void theVerdictsOfServersAndOfSluiceCountAlike() throws Exception {
        keep(JobKind.VERIFICATION, Outcome.COMPLETED, full.directory(), Duration.ofHours(5));
        keep(JobKind.CHECK, Outcome.FAILED, full.directory(), Duration.ofHours(1));
        keep(JobKind.CHECK, Outcome.COMPLETED, log.directory(), Duration.ofHours(2));
        Verdicts verdicts = known.find(new Place.History()).verdicts();
        assertThat(verdicts.on(full.directory()))
                .extracting(RunRecord::outcome)
                .isEqualTo(Outcome.FAILED);
        assertThat(verdicts.on(log.directory()))
                .extracting(RunRecord::outcome)
                .isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aVerdictThatWasKeptThroughALinkIsOneOnTheSet() throws Exception {
        Path backups = home.resolve("backups");
        Path link = Files.createSymbolicLink(home.resolve("link"), backups);
        Path linked = link.resolve(backups.toRealPath().relativize(full.directory().toRealPath()));
        keep(JobKind.CHECK, Outcome.FAILED, linked, Duration.ofHours(1));
        Found found = known.find(new Place.Folder(backups));
        assertThat(found.sets()).anyMatch(found::isDoubted);
    }

    @Test
    void theNewestVerdictOfAServerCounts() throws Exception {
        keep(JobKind.VERIFICATION, Outcome.FAILED, full.directory(), Duration.ofHours(5));
        keep(JobKind.VERIFICATION, Outcome.COMPLETED, full.directory(), Duration.ofHours(1));
        keep(JobKind.VERIFICATION, Outcome.CANCELLED, full.directory(), Duration.ofMinutes(1));
        RunRecord verdict = known.find(new Place.History()).verdicts().on(full.directory());
        assertThat(verdict).extracting(RunRecord::outcome).isEqualTo(Outcome.COMPLETED);
    }
}
