package dev.sluice.media;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;

/** Writing that survives a power cut. */
final class Durable {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private Durable() {}

    /** Makes the entries of a folder durable: renames, new files, removals. */
    static void syncFolder(Path folder) throws IOException {
        // Windows opens no folder as a file, and journals its entries
        if (WINDOWS) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Writes a whole file under its partial name, makes it durable, and gives it its name. */
    static void writeAtomically(Path file, byte[] content) throws IOException {
        Path partial = SetLayout.partial(file);
        try (FileChannel channel =
                FileChannel.open(
                        partial,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        OwnerOnly.file(partial))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folderOf(file));
    }

    static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }
}
