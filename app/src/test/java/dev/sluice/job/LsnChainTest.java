package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.util.Locale;

class LsnChainTest {

    private static final String ONE = "11111111-AAAA-0000-0000-000000000001";
    private static final String TWO = "22222222-BBBB-0000-0000-000000000002";
    private static final String THREE = "33333333-CCCC-0000-0000-000000000003";

    private static void assertTaken(Headers sets) {
        assertThatCode(() -> LsnChain.check(sets.steps(RestoreRequest.Options.PLAIN)))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(Headers sets, String... words) {
        assertThatThrownBy(() -> LsnChain.check(sets.steps(RestoreRequest.Options.PLAIN)))
                .isInstanceOf(JobException.class)
                .hasMessageContainingAll(words);
    }

    @Nested
    class Forks {

        private Headers full(String fork) {
            return forks(new Headers().add(Headers.FULL, 100, 110), fork, fork, null);
        }

        private Headers forks(Headers sets, String first, String last, @Nullable Long point) {
            return sets.with("FirstRecoveryForkID", first)
                    .with("RecoveryForkID", last)
                    .with("ForkPointLSN", point);
        }

        @Test
        void ofALogFromAnotherHistoryAreRefused() {
            assertRefused(
                    forks(full(ONE).add(Headers.LOG, 100, 200), TWO, TWO, null),
                    "the log backup /2 is of the recovery fork " + TWO,
                    "/1 ends on the recovery fork " + ONE + ", LSN 110",
                    "begin with a full backup of the other");
        }

        /** Where it changes over is the server's to judge, as are the forks between. */
        @Test
        void ofALogThatChangesOverAreLeftToTheServer() {
            Headers sets = forks(full(ONE).add(Headers.LOG, 100, 200), ONE, ONE, null);
            assertTaken(forks(sets.add(Headers.LOG, 150, 300), ONE, TWO, 150L));
            assertTaken(forks(full(ONE).add(Headers.LOG, 100, 200), TWO, THREE, 105L));
        }

        @Test
        void areRefusedOnceALogHasChangedOver() {
            Headers sets = forks(full(ONE).add(Headers.LOG, 100, 200), ONE, TWO, 150L);
            assertRefused(forks(sets.add(Headers.LOG, 200, 300), ONE, ONE, null), ONE, TWO);
        }

        @Test
        void areFollowed() {
            Headers sets = forks(full(ONE).add(Headers.LOG, 100, 200), ONE, TWO, 150L);
            assertTaken(forks(sets.add(Headers.LOG, 200, 300), TWO, TWO, null));
        }

        @Test
        void areFollowedFromADataBackupOfTheNewHistory() {
            assertTaken(forks(full(TWO).add(Headers.LOG, 90, 200), ONE, TWO, 105L));
            Headers sets = full(ONE).add(Headers.DIFFERENTIAL, 160, 170);
            forks(sets, TWO, TWO, null).add(Headers.LOG, 100, 200);
            assertTaken(forks(sets, ONE, TWO, 150L));
        }

        @Test
        void areNotGuessedAt() {
            assertTaken(forks(full(ONE), ONE, ONE, null).add(Headers.LOG, 100, 200));
            assertTaken(
                    forks(
                            new Headers().add(Headers.FULL, 100, 110).add(Headers.LOG, 100, 200),
                            TWO,
                            TWO,
                            null));
        }

        @Test
        void areTheSameInAnyCase() {
            assertTaken(
                    forks(
                            full(ONE).add(Headers.LOG, 100, 200),
                            ONE.toLowerCase(Locale.ROOT),
                            ONE,
                            null));
        }
    }

    @Nested
    class Bases {

        private Headers full(String id) {
            return new Headers()
                    .add(Headers.FULL, 100, 110)
                    .with("CheckpointLSN", 105)
                    .with("BackupSetGUID", id);
        }

        private Headers differential(@Nullable String base, @Nullable Integer lsn) {
            return full(ONE)
                    .add(Headers.DIFFERENTIAL, 150, 160)
                    .with("DifferentialBaseGUID", base)
                    .with("DifferentialBaseLSN", lsn);
        }

        @Test
        void byAnotherGuidAreRefusedThoughTheLsnIsTheSame() {
            assertRefused(
                    differential(TWO, 105),
                    "/2 is based on the full backup with the GUID " + TWO,
                    "has " + ONE);
        }

        @Test
        void byTheGuidAreTakenWhateverTheNewestFullWas() {
            assertTaken(differential(ONE, 105).with("DatabaseBackupLSN", 77));
        }

        @Test
        void byAnotherLsnAreRefused() {
            assertRefused(
                    differential(null, null).with("DatabaseBackupLSN", 99),
                    "the checkpoint LSN 99",
                    "has 105");
            assertTaken(differential(null, null).with("DatabaseBackupLSN", 105));
        }

        @Test
        void ofPartsAreComparedByTheirGuids() {
            assertRefused(differential(THREE, 105).with("BackupType", 8), THREE);
            assertTaken(differential(null, 99).with("BackupType", 8));
        }
    }
}
