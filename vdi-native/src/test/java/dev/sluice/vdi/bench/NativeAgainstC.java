package dev.sluice.vdi.bench;

import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Our client of {@code libsqlvdi.so} against one in C, turn by turn in one run: the double's server
 * fills every buffer and the clients drop it or write it to a file of each device. Prints a table
 * of the medians of the rounds' ratios, ours to C's; a throughput above 1 and a processor time
 * below 1 are in our favour.
 *
 * <p>The client in C is a new process for each turn. Ours runs in this one, warmed up before each
 * shape is measured, since a backup tool lives long. Both are measured from the first command to
 * the set closed at both ends, processor time for the whole process, which is the server's, too.
 *
 * <p>Usage: {@code NativeAgainstC FOLDER ROUNDS}. The folder is made and removed.
 */
final class NativeAgainstC {

    private static final int[] DEVICES = {1, 4};
    private static final int KIB = 1 << 10;
    private static final long GIB = 1 << 30;

    /**
     * What a shape transfers in one turn, a fifth of a second or so: many short turns in
     * alternation meet the same weather.
     */
    private record Load(int size, long bytesDropped, long bytesWritten) {}

    // files are small enough for the system neither to write them to the disk meanwhile nor, in a
    // virtual machine, to hand their memory back to the host between two turns
    private static final List<Load> LOADS =
            List.of(
                    new Load(64 * KIB, 3 * GIB, GIB / 2),
                    new Load(1024 * KIB, 12 * GIB, GIB / 2),
                    new Load(4096 * KIB, 12 * GIB, GIB / 2));

    private static final int WARM_UP = 5;

    private final ReferenceClient c = new ReferenceClient();
    private final JavaClient ours = new JavaClient();
    private final int rounds;

    private NativeAgainstC(int rounds) throws Exception {
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        Files.createDirectories(folder);
        try {
            new NativeAgainstC(Integer.parseInt(args[1])).run(folder);
        } catch (TestAbortedException notHere) {
            System.out.println("Not measured: " + notHere.getMessage());
        } finally {
            Files.delete(folder);
        }
    }

    private void run(Path folder) throws Exception {
        System.out.printf(
                "Our client of libsqlvdi.so against one in C: Java %s, %d processors, medians of %d"
                        + " rounds (lowest to highest)%n%n",
                Runtime.version().feature(), Runtime.getRuntime().availableProcessors(), rounds);
        System.out.println("| Sink | Devices | Transfer | Throughput | Processor time |");
        System.out.println("|---|---|---|---|---|");
        for (Path sink : Arrays.asList(null, folder)) {
            for (int devices : DEVICES) {
                for (Load load : LOADS) {
                    long bytes = sink == null ? load.bytesDropped : load.bytesWritten;
                    print(new Transfer(devices, load.size, bytes / devices, sink));
                }
            }
        }
    }

    private void print(Transfer transfer) throws Exception {
        List<Pair> pairs = measure(transfer);
        System.out.printf(
                "| %s | %d | %d KiB | %s | %s |%n",
                transfer.sink() == null ? "none" : "file",
                transfer.devices(),
                transfer.size() / KIB,
                spread(pairs, pair -> pair.ours.bytesPerNano() / pair.c.bytesPerNano()),
                spread(pairs, pair -> pair.ours.cpuPerByte() / pair.c.cpuPerByte()));
    }

    /** One round: a turn of each client. */
    private record Pair(Turn ours, Turn c) {}

    private List<Pair> measure(Transfer transfer) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            turnOfOurs(transfer);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            // who goes first changes, as what one leaves behind may slow or help the other
            if (round % 2 == 0) {
                Turn first = turnOfC(transfer);
                pairs.add(new Pair(turnOfOurs(transfer), first));
            } else {
                Turn first = turnOfOurs(transfer);
                pairs.add(new Pair(first, turnOfC(transfer)));
            }
        }
        return pairs;
    }

    private Turn turnOfC(Transfer transfer) throws Exception {
        Turn turn = c.run(transfer);
        deleteFiles(transfer);
        return turn;
    }

    private Turn turnOfOurs(Transfer transfer) throws Exception {
        Turn turn = ours.run(transfer);
        deleteFiles(transfer);
        return turn;
    }

    private static void deleteFiles(Transfer transfer) throws IOException {
        @Nullable Path sink = transfer.sink();
        for (int i = 0; sink != null && i < transfer.devices(); i++) {
            Files.delete(Transfer.file(sink, i));
        }
    }

    private static String spread(List<Pair> pairs, ToDoubleFunction<Pair> ratio) {
        double[] sorted = pairs.stream().mapToDouble(ratio).sorted().toArray();
        return "%.2f (%.2f to %.2f)"
                .formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }
}
