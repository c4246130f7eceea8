package dev.sluice.benchmark;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.Job;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A raw backup of the embedded server against {@code dd bs=1M conv=fsync} writing as many bytes to
 * the same disk, turn by turn in one run. Prints a line per round and the ratio of the medians.
 *
 * <p>Usage: {@code RawBackupAgainstDd FOLDER MEBIBYTES ROUNDS DEVICES}. The folder is made and
 * removed.
 */
final class RawBackupAgainstDd {

    private static final String DATABASE = "Benchmark";

    private RawBackupAgainstDd() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        long size = Long.parseLong(args[1]) << 20;
        int rounds = Integer.parseInt(args[2]);
        int devices = Integer.parseInt(args[3]);
        Rounds.quieten();
        Rounds.delete(folder);
        Files.createDirectories(folder);
        try {
            run(folder, size, rounds, devices);
        } finally {
            Rounds.delete(folder);
        }
    }

    private static void run(Path folder, long size, int rounds, int devices) throws Exception {
        Folders folders = Folders.under(folder.resolve("home"));
        folders.create();
        EmbeddedVdi vdi = new EmbeddedVdi();
        try (EmbeddedServer server = new EmbeddedServer(folders.data(), vdi);
                SluiceEngine engine = new SluiceEngine(folders, List.of(server))) {
            System.out.printf("making a database of %,d MiB%n", size >> 20);
            SampleDatabase.create(server, DATABASE, size);
            double[] backup = new double[rounds];
            double[] dd = new double[rounds];
            long bytes = backUp(engine, folder, devices).bytes();
            for (int round = 0; round < rounds; round++) {
                dd[round] = writeWithDd(folder, bytes).rate();
                backup[round] = backUp(engine, folder, devices).rate();
                System.out.printf(
                        "round %d: dd %,.0f MiB/s, backup %,.0f MiB/s%n",
                        round + 1, dd[round], backup[round]);
            }
            System.out.printf(
                    "%,d MiB on %d devices: ratio of the medians, backup to dd: %.2f%n",
                    bytes >> 20, devices, Rounds.median(backup) / Rounds.median(dd));
        }
    }

    /** How many bytes were written, and in what time. */
    private record Writing(long bytes, long nanos) {
        double rate() {
            return bytes / 1048576.0 / (nanos / 1e9);
        }
    }

    private static Writing backUp(SluiceEngine engine, Path folder, int devices) throws Exception {
        Path destination = folder.resolve("sets");
        BackupRequest request =
                new BackupRequest(
                        "embedded",
                        DATABASE,
                        BackupType.FULL,
                        false,
                        true,
                        destination,
                        devices,
                        TransferOptions.DEFAULT,
                        0);
        Job job = engine.backup(request, "benchmark");
        long start = System.nanoTime();
        job.start();
        JobSnapshot end = job.await();
        long nanos = System.nanoTime() - start;
        if (end.state() != JobState.COMPLETED) {
            throw new IllegalStateException(
                    "the backup ended " + end.state() + ": " + end.result());
        }
        Rounds.delete(destination);
        return new Writing(end.progress().bytesDone(), nanos);
    }

    private static Writing writeWithDd(Path folder, long bytes) throws Exception {
        Path target = folder.resolve("dd.out");
        long mebibytes = (bytes + (1 << 20) - 1) >> 20;
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(
                                "dd",
                                "if=/dev/zero",
                                "of=" + target,
                                "bs=1M",
                                "count=" + mebibytes,
                                "conv=fsync",
                                "status=none")
                        .inheritIO()
                        .start();
        int exit = process.waitFor();
        long nanos = System.nanoTime() - start;
        Files.deleteIfExists(target);
        if (exit != 0) {
            throw new IllegalStateException("dd ended with " + exit);
        }
        return new Writing(mebibytes << 20, nanos);
    }
}
