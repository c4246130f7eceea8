package dev.sluice.ui.sets;

import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetException;
import dev.sluice.media.BackupSetVerifier;
import dev.sluice.media.VerifyReport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A verification of a set. One thread runs it; any may follow and stop it. */
final class Verification {

    private final Path folder;
    private volatile double fraction;
    private volatile boolean stopped;

    Verification(Path folder) {
        this.folder = folder;
    }

    /** Reads every byte; a set that cannot be opened is a finding, too. */
    VerifyReport run() throws IOException, InterruptedException {
        try {
            return BackupSetVerifier.verify(BackupSet.open(folder), this::verified);
        } catch (BackupSetException e) {
            String text = String.valueOf(e.getMessage());
            return new VerifyReport(0, List.of(new VerifyReport.Problem(null, -1, text)), false);
        }
    }

    private boolean verified(long done, long total) {
        fraction = total == 0 ? 1 : (double) done / total;
        return !stopped;
    }

    Path folder() {
        return folder;
    }

    /** From 0 to 1. */
    double fraction() {
        return fraction;
    }

    void stop() {
        stopped = true;
    }
}
