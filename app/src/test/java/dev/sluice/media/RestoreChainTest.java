package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfInspector;
import dev.sluice.media.mtf.RealBackups;
import dev.sluice.sql.BackupType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

class RestoreChainTest {

    /** A set as its manifest would have it; nothing of it is on disk. */
    private static BackupSet set(
            String name,
            String server,
            BackupType type,
            boolean copyOnly,
            Instant at,
            @Nullable String base,
            Manifest.@Nullable Header header) {
        return set(name, server, type, null, copyOnly, at, base, header);
    }

    private static BackupSet set(
            String name,
            String server,
            BackupType type,
            @Nullable String scope,
            boolean copyOnly,
            Instant at,
            @Nullable String base,
            Manifest.@Nullable Header header) {
        Manifest.Stripe stripe =
                new Manifest.Stripe(
                        "stripe-01.bak", 1, 1, "0".repeat(64), 1, new ChunkDigests(new byte[0]));
        return new BackupSet(
                Path.of(name),
                new Manifest(
                        Manifest.FORMAT_VERSION,
                        name,
                        "0.1.0",
                        server,
                        null,
                        "Sales",
                        type,
                        scope,
                        copyOnly,
                        at,
                        at.plusSeconds(10),
                        "a test",
                        "BACKUP",
                        65536,
                        1 << 20,
                        List.of(),
                        base,
                        header,
                        List.of(stripe),
                        List.of()));
    }

    private static Instant minute(int minute) {
        return Instant.parse("2026-03-04T05:00:00Z").plusSeconds(60L * minute);
    }

    /** LSNs that grow with the time: 100 in a minute. */
    private static BackupSet at(
            int minute, BackupType type, long first, long last, long checkpoint, long base) {
        Manifest.Header header =
                new Manifest.Header(
                        "m",
                        "Sales",
                        "SQL7",
                        "16",
                        Long.toString(first),
                        Long.toString(last),
                        Long.toString(checkpoint),
                        Long.toString(base),
                        null);
        return set(type.word() + minute, "prod", type, false, minute(minute), null, header);
    }

    private static BackupSet full(int minute) {
        long lsn = 100L * minute;
        return at(minute, BackupType.FULL, lsn, lsn + 20, lsn + 10, 0);
    }

    private static BackupSet differential(int minute, BackupSet base) {
        long lsn = 100L * minute;
        String checkpoint = Objects.requireNonNull(base.manifest().header()).checkpointLsn();
        return at(
                minute,
                BackupType.DIFFERENTIAL,
                lsn,
                lsn + 20,
                lsn + 10,
                Long.parseLong(checkpoint));
    }

    private static BackupSet log(int from, int to) {
        return at(to, BackupType.LOG, 100L * from, 100L * to, 0, 0);
    }

    private static BackupSet bare(int minute, BackupType type, boolean copyOnly) {
        return set(type.word() + minute, "prod", type, copyOnly, minute(minute), null, null);
    }

    /** The same backup, of some files only. */
    private static BackupSet ofFiles(BackupSet whole) {
        Manifest of = whole.manifest();
        return set(
                whole.directory() + "-files",
                of.server(),
                of.type(),
                "files",
                of.copyOnly(),
                of.started(),
                of.base(),
                of.header());
    }

    @Test
    void takesABackupOfSomeFilesForTheBeginningOfNothing() throws Exception {
        BackupSet whole = full(0);
        BackupSet files = ofFiles(full(2));
        BackupSet log = log(0, 3);
        assertThat(RestoreChain.upTo(log, List.of(whole, files, log))).containsExactly(whole, log);
        assertMissing(log, List.of(files, log), "a full backup is missing");
        assertMissing(differential(4, files), List.of(files), "is missing");

        BackupSet bare = bare(4, BackupType.DIFFERENTIAL, false);
        assertMissing(bare, List.of(ofFiles(bare(1, BackupType.FULL, false))), "is missing");
    }

    @Test
    void doesNotGuessAtWhatADifferentialBackupOfSomeFilesIsBasedOn() {
        BackupSet whole = full(0);
        assertMissing(ofFiles(differential(1, whole)), List.of(whole), "name each of them");
    }

    private static void assertMissing(BackupSet last, List<BackupSet> around, String... words) {
        assertThatThrownBy(() -> RestoreChain.upTo(last, around))
                .isInstanceOf(BackupSetException.class)
                .message()
                .contains(words);
    }

    private final BackupSet full = full(1);
    private final BackupSet differential = differential(4, full);
    private final BackupSet first = log(1, 3);
    private final BackupSet second = log(3, 5);
    private final BackupSet third = log(5, 7);

    @Test
    void aFullBackupStandsForItself() throws Exception {
        assertThat(RestoreChain.upTo(full, List.of(full(0), full, third))).containsExactly(full);
    }

    @Test
    void aDifferentialComesAfterItsOwnBaseWhateverFullIsNewer() throws Exception {
        assertThat(RestoreChain.upTo(differential, List.of(full(3), full, full(0), first)))
                .containsExactly(full, differential);
    }

    @Test
    void aDifferentialWithoutItsBaseTellsWhichIsMissing() {
        assertMissing(
                differential,
                List.of(full(3)),
                "the checkpoint LSN 110",
                "which is missing",
                "diff4");
    }

    @Test
    void logsFollowTheNewestDifferential() throws Exception {
        assertThat(
                        RestoreChain.upTo(
                                third, List.of(third, second, first, differential, full, full(0))))
                .containsExactly(full, differential, second, third);
    }

    @Test
    void aDifferentialTakenAfterTheEndIsOfNoUse() throws Exception {
        assertThat(RestoreChain.upTo(first, List.of(full, differential, second)))
                .containsExactly(full, first);
    }

    @Test
    void aDifferentialWhoseBaseIsGoneIsPassedOver() throws Exception {
        BackupSet orphan = differential(6, full(5));
        assertThat(RestoreChain.upTo(third, List.of(full, first, second, orphan)))
                .containsExactly(full, first, second, third);
    }

    @Test
    void anOlderFullHelpsWhereTheLogsAfterTheNewerAreCut() throws Exception {
        BackupSet odd = at(5, BackupType.FULL, 500, 520, 510, 0);
        BackupSet next = log(7, 9);
        // its own end lies in a log that is there: nothing is cut after all
        assertThat(RestoreChain.upTo(next, List.of(full, first, second, third, odd)))
                .containsExactly(odd, third, next);
    }

    @Test
    void aMissingLogIsNamedByItsLsns() {
        assertMissing(
                third,
                List.of(full, first),
                "a log backup is missing",
                "ends at LSN 300",
                "LSN 500");
    }

    @Test
    void logsWithoutAFullBackupAreNoBeginning() {
        assertMissing(third, List.of(first, second), "a full backup is missing", "log7");
    }

    @Test
    void setsOfAnotherServerOrDatabaseAreNotMixedIn() {
        BackupSet elsewhere =
                set("x", "test", BackupType.FULL, false, minute(1), null, full.manifest().header());
        assertMissing(first, List.of(elsewhere), "a full backup is missing");
    }

    @Test
    void theLogThatWasTakenAfterAForkIsTheOneThatGoesOn() throws Exception {
        BackupSet abandoned = at(4, BackupType.LOG, 300, 480, 0, 0);
        assertThat(RestoreChain.upTo(third, List.of(full, first, abandoned, second)))
                .containsExactly(full, first, second, third);
    }

    @Nested
    class WithoutHeaders {

        private final BackupSet base = bare(1, BackupType.FULL, false);
        private final BackupSet copy = bare(2, BackupType.FULL, true);
        private final BackupSet early = bare(3, BackupType.LOG, false);
        private final BackupSet diff = bare(4, BackupType.DIFFERENTIAL, false);
        private final BackupSet late = bare(5, BackupType.LOG, false);
        private final BackupSet copied = bare(6, BackupType.LOG, true);
        private final BackupSet end = bare(7, BackupType.LOG, false);

        @Test
        void aCopyOnlyFullIsNoBaseOfADifferential() throws Exception {
            assertThat(RestoreChain.upTo(diff, List.of(copy, base))).containsExactly(base, diff);
            assertMissing(diff, List.of(copy), "is based on a full backup from before it");
        }

        @Test
        void timesTellWhichLogsFollow() throws Exception {
            List<BackupSet> all = List.of(end, copied, late, diff, early, copy, base);
            assertThat(RestoreChain.upTo(end, all)).containsExactly(base, diff, late, end);
        }

        @Test
        void aCopyOnlyFullServesLogs() throws Exception {
            assertThat(RestoreChain.upTo(end, List.of(copy, early, late)))
                    .containsExactly(copy, early, late, end);
        }
    }

    @Nested
    class OfSqlServer {

        private static BackupSet real(String file, BackupType type) throws Exception {
            BackupHeader header =
                    Objects.requireNonNull(MtfInspector.inspect(RealBackups.file(file)).header());
            return set(
                    file,
                    "prod",
                    type,
                    false,
                    Objects.requireNonNull(header.times().start()).toInstant(ZoneOffset.UTC),
                    null,
                    StreamHeaders.describe(header));
        }

        @Test
        void theChainIsFoundByItsLsns() throws Exception {
            BackupSet start = real("checksum-full.bak", BackupType.FULL);
            BackupSet diff = real("checksum-diff.bak", BackupType.DIFFERENTIAL);
            BackupSet log1 = real("checksum-log-1.trn", BackupType.LOG);
            BackupSet log2 = real("checksum-log-2.trn", BackupType.LOG);
            BackupSet stranger = real("difftest-full.bak", BackupType.FULL);
            List<BackupSet> all = List.of(stranger, log2, log1, diff, start);
            assertThat(RestoreChain.upTo(diff, all)).containsExactly(start, diff);
            assertThat(RestoreChain.upTo(log1, all)).containsExactly(start, diff, log1);
            assertThat(RestoreChain.upTo(log2, all)).containsExactly(start, diff, log1, log2);
            assertThat(RestoreChain.upTo(log1, List.of(start, log1))).containsExactly(start, log1);
            assertMissing(log2, List.of(stranger, start, diff), "a log backup is missing");
            assertMissing(diff, List.of(stranger), "is based on");
        }
    }
}
