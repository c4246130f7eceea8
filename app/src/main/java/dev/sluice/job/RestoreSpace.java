package dev.sluice.job;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.VolumeSpace;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the files of a restored database find room, which they take at once and whole (message
 * 3257). A volume is known for sure only of a folder that the server has a file in: another volume
 * may be mounted anywhere below the root of a drive. Nothing is refused that may be possible.
 */
final class RestoreSpace {

    /** One volume. */
    private static final class Room {
        final long free;
        long needed;
        long neededForSure;
        long freed;

        /** Files that are replaced may lie here, and give back more. */
        boolean mayFree;

        Room(long free) {
            this.free = free;
        }
    }

    /**
     * Where a file lies.
     *
     * @param sure whether no other volume may be mounted between the two
     */
    private record Place(VolumeSpace volume, boolean sure) {}

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
     * @return what is not sure or not known
     */
    static List<Told> check(
            List<DatabaseFile> files, List<DatabaseFile> replaced, List<VolumeSpace> volumes)
            throws JobException {
        RestoreSpace space = new RestoreSpace(volumes);
        files.stream().filter(file -> !file.path().isEmpty()).forEach(space::add);
        replaced.forEach(space::free);
        return space.judge();
    }

    private void add(DatabaseFile file) {
        Place place = locate(file.path());
        if (place == null) {
            unknown.add(FilePlacement.folder(file.path()));
            return;
        }
        VolumeSpace volume = place.volume();
        Room room = rooms.computeIfAbsent(volume.volume(), name -> new Room(volume.freeBytes()));
        room.needed += file.bytes();
        room.neededForSure += place.sure() ? file.bytes() : 0;
    }

    /** Of a database that is not open, the server tells no volumes. */
    private void free(DatabaseFile file) {
        Place place = locate(file.path());
        if (place == null) {
            rooms.values().forEach(room -> room.mayFree = true);
            return;
        }
        Room room = rooms.get(place.volume().volume());
        if (room == null) {
            return;
        }
        if (place.sure()) {
            room.freed += file.bytes();
        } else {
            room.mayFree = true;
        }
    }

    /** By the file itself, then by another in its folder, then by what its path begins with. */
    private @Nullable Place locate(String path) {
        String folder = FilePlacement.folder(path);
        return volumes.stream()
                .filter(known -> isSame(known.path(), path))
                .findFirst()
                .or(
                        () ->
                                volumes.stream()
                                        .filter(
                                                known ->
                                                        isSame(
                                                                FilePlacement.folder(known.path()),
                                                                folder))
                                        .findFirst())
                .map(volume -> new Place(volume, true))
                .or(() -> mount(path).map(volume -> new Place(volume, false)))
                .orElse(null);
    }

    /** The drive or mount point that a path begins with. */
    private Optional<VolumeSpace> mount(String path) {
        return volumes.stream()
                .filter(known -> isBelow(path, known.volume()))
                .max(Comparator.comparing(known -> known.volume().length()));
    }

    private static boolean isBelow(String path, String mount) {
        String folder = FilePlacement.comparable(mount);
        return FilePlacement.comparable(path)
                .startsWith(folder.endsWith("/") ? folder : folder + "/");
    }

    private static boolean isSame(String one, String other) {
        return FilePlacement.comparable(one).equals(FilePlacement.comparable(other));
    }

    private List<Told> judge() throws JobException {
        List<Told> notes = new ArrayList<>();
        for (Map.Entry<String, Room> entry : rooms.entrySet()) {
            Room room = entry.getValue();
            long all = room.free + room.freed;
            if (room.neededForSure > all && !room.mayFree) {
                throw new JobException(
                        Told.of("refused.volume", lack(entry.getKey(), room, room.neededForSure)));
            }
            if (room.needed > all) {
                Told lack = lack(entry.getKey(), room, room.needed);
                notes.add(
                        room.mayFree
                                ? Told.of("volume.unlessFreed", lack)
                                : Told.of("volume.unlessMounted", lack));
            }
        }
        if (!unknown.isEmpty()) {
            notes.add(Told.of("volume.unknown", String.join(", ", unknown)));
        }
        return notes;
    }

    private static Told lack(String volume, Room room, long needed) {
        Told.Bytes bytes = new Told.Bytes(needed);
        Told.Bytes free = new Told.Bytes(room.free);
        return room.freed > 0
                ? Told.of("volume.lacks.freed", bytes, volume, free, new Told.Bytes(room.freed))
                : Told.of("volume.lacks", bytes, volume, free);
    }
}
