package dev.sluice.job;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.VolumeSpace;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether the files of a restored database find room, which they take at once and whole (message
 * 3257). A volume is known for sure only of a folder that the server has a file in: another volume
 * may be mounted anywhere below the root of a drive.
 */
final class RestoreSpace {

    /** One volume. */
    private static final class Room {
        final long free;
        long needed;
        long neededForSure;
        long freed;

        Room(long free) {
            this.free = free;
        }
    }

    private final List<VolumeSpace> volumes;
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    private RestoreSpace(List<VolumeSpace> volumes) {
        this.volumes = volumes;
    }

    /**
     * Refuses files that are larger than their volume has room.
     *
     * @param files those to be made, with their sizes; where the path is empty, the server places
     *     them
     * @param replaced those that make room for them
     * @param volumes what the server tells of its volumes
     * @return what is not sure or not known, in sentences
     */
    static List<String> check(
            List<DatabaseFile> files, List<DatabaseFile> replaced, List<VolumeSpace> volumes)
            throws JobException {
        RestoreSpace space = new RestoreSpace(volumes);
        files.stream().filter(file -> !file.path().isEmpty()).forEach(space::add);
        replaced.forEach(space::free);
        return space.judge();
    }

    private void add(DatabaseFile file) {
        String folder = FilePlacement.folder(file.path());
        VolumeSpace sure =
                volumes.stream()
                        .filter(known -> isSame(FilePlacement.folder(known.path()), folder))
                        .findFirst()
                        .orElse(null);
        VolumeSpace volume = sure == null ? drive(file.path()) : sure;
        if (volume == null) {
            unknown.add(folder);
            return;
        }
        Room room = rooms.computeIfAbsent(volume.volume(), name -> new Room(volume.freeBytes()));
        room.needed += file.bytes();
        room.neededForSure += sure == null ? 0 : file.bytes();
    }

    /** The drive that a path begins with. */
    private @Nullable VolumeSpace drive(String path) {
        String whole = FilePlacement.comparable(path);
        return volumes.stream()
                .filter(known -> known.path().equals(known.volume()))
                .filter(known -> whole.startsWith(FilePlacement.comparable(known.path())))
                .max(Comparator.comparing(known -> known.path().length()))
                .orElse(null);
    }

    private void free(DatabaseFile file) {
        volumes.stream()
                .filter(known -> isSame(known.path(), file.path()))
                .map(known -> rooms.get(known.volume()))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(room -> room.freed += file.bytes());
    }

    private static boolean isSame(String one, String other) {
        return FilePlacement.comparable(one).equals(FilePlacement.comparable(other));
    }

    private List<String> judge() throws JobException {
        List<String> notes = new ArrayList<>();
        for (Map.Entry<String, Room> entry : rooms.entrySet()) {
            Room room = entry.getValue();
            long all = room.free + room.freed;
            if (room.neededForSure > all) {
                throw new JobException(
                        lack(entry.getKey(), room, room.neededForSure)
                                + "; make room, or move files to another volume");
            }
            if (room.needed > all) {
                notes.add(
                        lack(entry.getKey(), room, room.needed)
                                + ", unless they are on another volume that is mounted below it");
            }
        }
        if (!unknown.isEmpty()) {
            notes.add(
                    "How much room there is in %s, the server does not tell"
                            .formatted(String.join(" and ", unknown)));
        }
        return notes;
    }

    private static String lack(String volume, Room room, long needed) {
        return "the restored files need %,d bytes on the volume %s, which has %,d bytes free%s"
                .formatted(
                        needed,
                        volume,
                        room.free,
                        room.freed > 0
                                ? " and gets %,d from the files they replace".formatted(room.freed)
                                : "");
    }
}
