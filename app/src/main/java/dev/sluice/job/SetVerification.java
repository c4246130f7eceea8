package dev.sluice.job;

import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetException;
import dev.sluice.media.BackupSetVerifier;
import dev.sluice.media.Manifest;
import dev.sluice.media.ManifestException;
import dev.sluice.media.NotABackupSetException;
import dev.sluice.media.StripeException;
import dev.sluice.media.VerifyListener;
import dev.sluice.media.VerifyReport;
import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sluice itself verifies a set, and the history keeps what came of it. A set that cannot even be
 * opened gets its row as well. One thread.
 */
final class SetVerification {

    private static final Logger LOG = LoggerFactory.getLogger(SetVerification.class);

    private final RunHistory history;
    private final JobClock clock;
    private final String id;
    private final Path folder;
    private final String trigger;

    /**
     * @param id of the run
     * @param folder of the set, as somebody wrote it
     */
    SetVerification(RunHistory history, JobClock clock, String id, Path folder, String trigger) {
        this.history = history;
        this.clock = clock;
        this.id = id;
        this.folder = folder;
        this.trigger = trigger;
    }

    /**
     * Verifies.
     *
     * @throws IOException when there is no set, and none that the history knows of ever was
     */
    SetCheck run(VerifyListener listener) throws IOException, InterruptedException {
        Instant started = clock.wall().instant();
        BackupSet opened;
        try {
            opened = BackupSet.open(folder);
        } catch (IOException e) {
            SetOwner owner = owner(e).orElse(null);
            if (owner == null) {
                throw e;
            }
            return keep(owner, new VerifyReport(0, List.of(problem(e)), false), started);
        }
        VerifyReport report = BackupSetVerifier.verify(opened, listener);
        return keep(SetOwner.of(opened.manifest()), report, started);
    }

    private SetCheck keep(SetOwner owner, VerifyReport report, Instant started) {
        Duration duration = Duration.between(started, clock.wall().instant());
        RunRecord run =
                SetCheck.row(
                        id, owner, history.asBackedUp(folder), report, started, duration, trigger);
        try {
            history.keep(run);
            return new SetCheck(report, run, null);
        } catch (IOException e) {
            // the verdict itself counts all the same
            return new SetCheck(report, run, e);
        }
    }

    // ---- a set that cannot be opened

    /** Whose backup it is; empty where nobody can say that it is one. */
    private Optional<SetOwner> owner(IOException why) {
        Manifest manifest = manifest();
        if (manifest != null) {
            return Optional.of(SetOwner.of(manifest));
        }
        Optional<SetOwner> known = backup().map(SetOwner::of);
        return known.isEmpty() && why instanceof ManifestException
                ? Optional.of(SetOwner.byFolders(RunHistory.canonical(folder)))
                : known;
    }

    private Optional<RunRecord> backup() {
        try {
            return history.backupTo(folder);
        } catch (IOException e) {
            // what is wrong with the set is to be told, not what is wrong with the history
            LOG.warn("Whose backup {} is cannot be looked up in the history", folder, e);
            return Optional.empty();
        }
    }

    private @Nullable Manifest manifest() {
        try {
            return BackupSet.readManifest(folder);
        } catch (IOException e) {
            return null; // why the set could not be opened is told already
        }
    }

    private VerifyReport.Problem problem(IOException why) {
        if (why instanceof NotABackupSetException none && none.isFolder()) {
            return new VerifyReport.Problem(null, -1, true, Told.of("check.noManifest", folder));
        }
        boolean damage = why instanceof BackupSetException known && known.isDamage();
        Told text =
                why instanceof Teller
                        ? Told.of(why)
                        : Told.of("set.unreadable", folder, why.toString());
        return new VerifyReport.Problem(stripe(why), -1, damage, text);
    }

    private static @Nullable String stripe(IOException why) {
        Path path = why instanceof StripeException stripe ? stripe.path() : null;
        return path == null ? null : String.valueOf(path.getFileName());
    }
}
