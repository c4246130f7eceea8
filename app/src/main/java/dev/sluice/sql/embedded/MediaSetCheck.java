package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.BackupHeader;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/**
 * Sees that the devices of a RESTORE hold all families of one media set, each once. Any thread; a
 * family is reported as soon as its header was read.
 */
final class MediaSetCheck {

    private final int devices;
    private final Set<Integer> families = new HashSet<>();
    private @Nullable BackupHeader first;

    /**
     * @param devices how many devices the statement names
     */
    MediaSetCheck(int devices) {
        this.devices = devices;
    }

    /**
     * Adds a device's header.
     *
     * @param device the device's name, for the message
     * @throws StatementException when it does not belong to the others
     */
    synchronized void add(String device, BackupHeader header) throws StatementException {
        if (first == null) {
            first = header;
        }
        BackupHeader.Media media = header.media();
        BackupHeader.Media expected = first.media();
        if (!media.mediaSet().equals(expected.mediaSet())) {
            throw Messages.foreignFamily(device, media, expected);
        }
        if (media.families() != devices) {
            throw Messages.familiesMissing(device, media, devices);
        }
        if (!families.add(media.family())) {
            throw Messages.familyTwice(device, media);
        }
    }
}
