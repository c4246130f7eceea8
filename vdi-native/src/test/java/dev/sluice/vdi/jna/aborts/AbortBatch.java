package dev.sluice.vdi.jna.aborts;

import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.NativeDouble;

import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own that makes attempts, each drawn from the seed and its own number, until as
 * many sets as wanted were aborted in the middle of their life: some end before they are struck,
 * which must go well, too, and does not count. It ends with the first attempt that breaks a rule or
 * leaves something behind. It says what it is about to do before it does it, so that the last line
 * tells even of a crash.
 */
final class AbortBatch {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_NANOS = 100_000;

    /** Attempts after which every file is open that the JVM itself needs. */
    private static final int WARM_UP = 20;

    /** Functions that are slow now and then; those of single commands would make it long. */
    private static final List<String> SLOW =
            List.of(
                    "Create",
                    "GetConfiguration",
                    "OpenDevice",
                    "Close",
                    "SignalAbort",
                    "Server.Open",
                    "Server.EndConfiguration",
                    "Server.OpenDevice",
                    "Server.ExecuteCompletionAgent",
                    "Server.CloseDevice",
                    "Server.Close");

    private final boolean com;
    private final NativeDouble library;
    private final DoubleControl control;

    /** Used for one set after the other, whatever became of it. */
    private final ClientDeviceSet oldObject;

    private final Set<Thread> threads;
    private final Map<String, Long> balances;
    private int aborted;
    private int made;
    private int files;

    private AbortBatch(boolean com) {
        this.com = com;
        this.library = com ? NativeDouble.com() : NativeDouble.posix();
        this.control = library.control();
        this.oldObject = library.newDeviceSet();
        this.balances = control.balances();
        this.threads = Thread.getAllStackTraces().keySet();
    }

    /**
     * @param arguments com or posix, the seed, the first attempt's number, how many sets to abort
     */
    public static void main(String[] arguments) throws InterruptedException {
        long seed = Long.parseLong(arguments[1]);
        int wanted = Integer.parseInt(arguments[3]);
        AbortBatch batch = new AbortBatch(arguments[0].equals("com"));
        for (int number = Integer.parseInt(arguments[2]); batch.aborted < wanted; number++) {
            System.out.printf("seed %d attempt %d%n", seed, number);
            List<Object> findings = batch.attempt(new Random(spread(seed) + spread(number)));
            if (!findings.isEmpty()) {
                findings.forEach(AbortBatch::print);
                System.exit(1);
            }
        }
        System.out.println(doneWith(wanted));
    }

    /** The last line of a batch that went well. */
    static String doneWith(int wanted) {
        return wanted + " sets were aborted";
    }

    /** Neighbouring numbers would draw alike. */
    private static long spread(long number) {
        return Long.reverse(number * 0x9E3779B97F4A7C15L);
    }

    private static void print(Object finding) {
        if (finding instanceof Throwable thrown) {
            thrown.printStackTrace(System.out);
        } else {
            System.out.println(finding);
        }
    }

    private List<Object> attempt(Random random) throws InterruptedException {
        control.reset();
        control.setStrictBuffers(random.nextInt(4) > 0);
        control.setQueueDepth(1 + random.nextInt(64));
        if (random.nextInt(4) == 0) {
            control.delay(SLOW.get(random.nextInt(SLOW.size())), 1 + random.nextInt(3));
        }
        List<SetRun> runs = new ArrayList<>();
        runs.add(draw(random.nextBoolean() ? oldObject : library.newDeviceSet(), random));
        if (random.nextInt(8) == 0) {
            runs.add(draw(library.newDeviceSet(), random));
        }
        List<Thread> clients = new ArrayList<>();
        runs.forEach(run -> clients.add(run.start("client", run::run)));
        for (Thread client : clients) {
            client.join();
        }
        List<Object> findings = new ArrayList<>();
        for (SetRun run : runs) {
            findings.addAll(run.findings());
            aborted += run.wasAborted() ? 1 : 0;
        }
        findings.addAll(control.violations());
        findLeftovers(findings);
        return findings;
    }

    private SetRun draw(ClientDeviceSet set, Random random) {
        Plan plan = Plan.draw(random);
        System.out.println(plan);
        return new SetRun(library, set, plan);
    }

    private void findLeftovers(List<Object> findings) {
        Map<String, Long> now = control.balances();
        if (!now.equals(balances)) {
            findings.add("The double counts " + now + ", at first " + balances);
        }
        long dropped = control.counter("devices_dropped_at_close");
        if (com && dropped > 0) {
            findings.add(dropped + " devices were not released before Close");
        }
        awaitThreads(findings);
        if (made++ < WARM_UP) {
            files = openFiles();
        } else {
            awaitFiles(findings);
        }
    }

    /** Threads may have done their work and not have ended yet. */
    private void awaitThreads(List<Object> findings) {
        long deadline = System.nanoTime() + PATIENCE;
        Set<Thread> left = newThreads();
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            left = newThreads();
        }
        left.forEach(thread -> findings.add("The thread " + thread + " is left"));
    }

    private Set<Thread> newThreads() {
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(threads);
        // JNA's own, which comes and goes with the garbage
        now.removeIf(thread -> thread.getName().startsWith("JNA Cleaner"));
        return now;
    }

    /** The JVM itself opens files for a moment. */
    private void awaitFiles(List<Object> findings) {
        long deadline = System.nanoTime() + PATIENCE;
        while (openFiles() > files && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        if (openFiles() > files) {
            findings.add("%d files are open, %d at first".formatted(openFiles(), files));
        }
    }

    private static int openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
