package dev.sluice.vdi.jna.aborts;

import java.util.Random;

/**
 * What is drawn for one device set: its shape, how its client works, and when and how it is struck.
 *
 * @param devices 1 to 8
 * @param restore the server reads, and does not write
 * @param complete the client asks for VDC_Complete
 * @param blockSize of the set
 * @param maxTransfer of the set, and the size of its buffers
 * @param transfer bytes of each command, or at most if {@code vary}
 * @param vary whether commands have sizes of their own
 * @param commands with data, for each device
 * @param buffers of the set
 * @param outstanding commands that the server keeps under way for each device
 * @param flushEvery a Flush after so many commands; 0 for none
 * @param held commands that a worker fetches, where they are there, before it completes one
 * @param handedOver whether other threads complete what a worker fetched
 * @param timeoutMillis of each wait of the client
 * @param serverFirst whether the server waits for the set before it is created
 * @param foreignApartment whether the striking thread lives in a single-threaded apartment, as a
 *     window's thread does on Windows
 * @param secondary whether another client of the set has the last device
 * @param javaServer whether the server is ours, and not the double's
 * @param strike how it is struck
 * @param step the client's step that sets the strike off; one that is never reached: the very end
 * @param delayNanos from the step to the strike
 * @param seed of what is drawn on the way
 */
record Plan(
        int devices,
        boolean restore,
        boolean complete,
        int blockSize,
        int maxTransfer,
        int transfer,
        boolean vary,
        int commands,
        int buffers,
        int outstanding,
        int flushEvery,
        int held,
        boolean handedOver,
        int timeoutMillis,
        boolean serverFirst,
        boolean foreignApartment,
        boolean secondary,
        boolean javaServer,
        Strike strike,
        int step,
        long delayNanos,
        long seed) {

    private static final int UNIT = 65536;
    private static final int[] TIMEOUTS = {-1, -1, -1, 0, 1, 20};

    static Plan draw(Random random) {
        int devices = 1 + random.nextInt(8);
        int blockSize = 512 << random.nextInt(8);
        int maxTransfer = UNIT * (1 + random.nextInt(4));
        int commands = random.nextInt(24);
        Strike strike = Strike.draw(random);
        return new Plan(
                devices,
                random.nextBoolean(),
                random.nextBoolean(),
                blockSize,
                maxTransfer,
                blockSize * (1 + random.nextInt(maxTransfer / blockSize)),
                random.nextBoolean(),
                commands,
                devices * (1 + random.nextInt(4)),
                1 + random.nextInt(4),
                random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0,
                1 + random.nextInt(4),
                random.nextInt(4) == 0,
                TIMEOUTS[random.nextInt(TIMEOUTS.length)],
                random.nextInt(4) == 0,
                random.nextInt(4) == 0,
                devices > 1 && random.nextInt(6) == 0,
                strike.drawJava(random),
                strike,
                drawStep(random, devices, commands),
                drawDelay(random),
                random.nextLong());
    }

    /** All parts of a set's life have their share, though most steps are those of the transfer. */
    private static int drawStep(Random random, int devices, int commands) {
        int setUp = 2 * (2 + devices);
        int transfer = devices * 2 * commands;
        int end = devices * 6;
        return switch (random.nextInt(8)) {
            case 0, 1 -> 1 + random.nextInt(setUp);
            case 2 -> setUp + transfer + random.nextInt(end);
            case 3 -> Integer.MAX_VALUE;
            default -> setUp + random.nextInt(transfer + 1);
        };
    }

    private static long drawDelay(Random random) {
        long most =
                switch (random.nextInt(4)) {
                    case 0 -> 1;
                    case 1 -> 20_000;
                    case 2 -> 300_000;
                    default -> 3_000_000;
                };
        return random.nextLong(most);
    }
}
