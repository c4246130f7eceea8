package dev.sluice.sql;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;

/** Where RESTORE stops rolling the log forward. Times are the server's, to the millisecond. */
public sealed interface StopAt {

    /** Returns the time of STOPAT; null for the other kinds. */
    default @Nullable LocalDateTime time() {
        return null;
    }

    /** Returns the mark of STOPATMARK; null for the other kinds. */
    default @Nullable String atMark() {
        return null;
    }

    /** Returns the mark of STOPBEFOREMARK; null for the other kinds. */
    default @Nullable String beforeMark() {
        return null;
    }

    /** Returns the time from which the mark counts; null without one, and without a mark. */
    default @Nullable LocalDateTime after() {
        return null;
    }

    /** At the end of the backup. */
    record End() implements StopAt {}

    /**
     * STOPAT.
     *
     * @param time in the years 1753 to 9999; what is finer than a millisecond is left out
     */
    record Time(LocalDateTime time) implements StopAt {

        /** Refuses what no server accepts. */
        public Time {
            StatementRules.checkTime("STOPAT", time);
        }
    }

    /**
     * STOPATMARK: the marked transaction is included.
     *
     * @param mark name of the transaction's mark, 1 to 128 characters, or {@code lsn:} and a log
     *     sequence number
     * @param after the first such mark at or after this time, as in {@link Time}; null for the
     *     first of all
     */
    record AtMark(String mark, @Nullable LocalDateTime after) implements StopAt {

        /** Refuses what no server accepts. */
        public AtMark {
            StatementRules.checkMark("STOPATMARK", mark, after);
        }

        @Override
        public String atMark() {
            return mark;
        }
    }

    /**
     * STOPBEFOREMARK: the marked transaction is left out.
     *
     * @param mark as in {@link AtMark}
     * @param after as in {@link AtMark}
     */
    record BeforeMark(String mark, @Nullable LocalDateTime after) implements StopAt {

        /** Refuses what no server accepts. */
        public BeforeMark {
            StatementRules.checkMark("STOPBEFOREMARK", mark, after);
        }

        @Override
        public String beforeMark() {
            return mark;
        }
    }
}
