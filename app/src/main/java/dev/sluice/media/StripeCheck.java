package dev.sluice.media;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfFormatException;
import dev.sluice.media.mtf.MtfHandler;
import dev.sluice.media.mtf.MtfReader;
import dev.sluice.transfer.DamagedDataException;
import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Verifies one stripe in one pass: its bytes against the manifest, and what they say, block by
 * block and page by page, against the tape format and the rest of the set. One thread.
 */
final class StripeCheck {

    private static final int BUFFER_SIZE = 1 << 20;

    /** A stripe can have as many problems as pages. */
    private static final int MAX_PROBLEMS = 100;

    private final BackupSet set;
    private final int index;
    private final Manifest.Stripe stripe;
    private final List<VerifyReport.Problem> problems = new ArrayList<>();
    private final MtfReader structure = new MtfReader(new Structure());

    /** The stream is followed as long as it makes sense. */
    private boolean followed;

    StripeCheck(BackupSet set, int index) {
        this.set = set;
        this.index = index;
        this.stripe = set.manifest().stripes().get(index);
        this.followed = set.manifest().header() != null;
    }

    /**
     * Runs the check.
     *
     * @param goOn hears of each number of bytes that were right, and says whether to go on
     */
    List<VerifyReport.Problem> run(LongPredicate goOn) {
        try (StripeReader reader = StripeReader.open(set.directory(), stripe)) {
            readAll(reader, goOn);
        } catch (DamagedDataException e) {
            add(e.offset(), e);
        } catch (NoSuchFileException e) {
            notFound(e);
        } catch (IOException e) {
            unread(e);
        }
        return problems;
    }

    /** A share that is gone has no stripes either. */
    private void notFound(NoSuchFileException e) {
        if (Files.isDirectory(set.directory())) {
            add(-1, set.missing(set.stripePath(index)));
        } else {
            unread(e);
        }
    }

    private void unread(IOException e) {
        Told text =
                e instanceof Teller
                        ? Told.of(e)
                        : Told.of("set.unreadable", set.stripePath(index), e.toString());
        problems.add(new VerifyReport.Problem(stripe.name(), -1, false, text));
    }

    private void readAll(StripeReader reader, LongPredicate goOn) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
        while (reader.read(buffer.clear()) > 0) {
            int length = buffer.flip().remaining();
            follow(buffer);
            if (!goOn.test(length)) {
                return;
            }
        }
        finish();
    }

    private void follow(ByteBuffer buffer) throws IOException {
        if (!followed) {
            return;
        }
        try {
            structure.feed(buffer);
        } catch (MtfFormatException e) {
            followed = false;
            add(e.offset(), e);
        }
    }

    private void finish() throws IOException {
        if (!followed) {
            return;
        }
        try {
            structure.finish();
        } catch (MtfFormatException e) {
            add(e.offset(), e);
        }
    }

    private void add(long offset, Exception e) {
        add(offset, Told.of(e));
    }

    private void add(long offset, Told text) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new VerifyReport.Problem(stripe.name(), offset, true, text));
        }
    }

    private final class Structure implements MtfHandler {

        @Override
        public void header(BackupHeader header) {
            BackupHeader.Media media = header.media();
            int stripes = set.manifest().stripes().size();
            if (media.family() != index + 1 || media.families() != stripes) {
                add(
                        0,
                        Told.of(
                                "check.otherStripe",
                                media.family(),
                                media.families(),
                                index + 1,
                                stripes));
            }
            if (!StreamHeaders.describe(header).equals(set.manifest().header())) {
                add(0, Told.of("check.otherBackup"));
            }
        }

        @Override
        public void page(ByteBuffer buffer, int at) {
            // the reader has checked it
        }

        @Override
        public void damaged(MtfFormatException fault) {
            add(fault.offset(), fault);
        }
    }
}
