package dev.sluice.sqlserver;

import dev.sluice.media.mtf.Lsn;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** The log of a live {@link ServerDatabase}, and its clock: nothing happens at the same time. */
final class ServerLog {

    /** Sectors between two records. */
    private static final int STEP = 8;

    private static final int VIRTUAL_FILE = 40;

    /**
     * A transaction that changed a page.
     *
     * @param mark its mark; null without one
     * @param bulk whether it was bulk-logged
     */
    record Change(
            Lsn lsn,
            LocalDateTime time,
            String file,
            int page,
            String text,
            @Nullable String mark,
            boolean bulk) {}

    private final List<Change> changes = new ArrayList<>();
    private Lsn next;
    private LocalDateTime now;

    ServerLog(LocalDateTime begin) {
        this(new Lsn(VIRTUAL_FILE, STEP, 1), begin);
    }

    /** One that goes on from there. */
    ServerLog(Lsn next, LocalDateTime now) {
        this.next = next;
        this.now = now;
    }

    /** The LSN of the next record. */
    Lsn next() {
        return next;
    }

    LocalDateTime now() {
        return now;
    }

    /** A minute later; the LSN of a record that was written then. */
    Lsn advance() {
        Lsn written = next;
        now = now.plusMinutes(1);
        next = new Lsn(next.file(), next.block() + STEP, next.slot());
        return written;
    }

    Change write(String file, int page, String text, @Nullable String mark, boolean bulk) {
        Lsn lsn = advance();
        Change change = new Change(lsn, now, file, page, text, mark, bulk);
        changes.add(change);
        return change;
    }

    /** The records from one LSN to before another. */
    List<Change> between(Lsn from, Lsn to) {
        return changes.stream()
                .filter(change -> change.lsn().compareTo(from) >= 0)
                .filter(change -> change.lsn().compareTo(to) < 0)
                .toList();
    }
}
