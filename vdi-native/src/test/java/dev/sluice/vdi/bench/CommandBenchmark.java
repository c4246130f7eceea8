package dev.sluice.vdi.bench;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.SharedBuffer;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The embedded set's own cost per 64 KiB Write, nobody touching the data: the server's thread
 * allocates a buffer and sends, a thread per device fetches and completes, the agent's thread frees
 * the buffer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class CommandBenchmark {

    private static final int SIZE = 65536;

    /** Devices of the set, and buffers, hence commands, under way at most. */
    public enum Shape {
        /** One device, streaming. */
        ONE_DEVICE_16_BUFFERS(1, 16),
        /** Four devices, streaming. */
        FOUR_DEVICES_16_BUFFERS(4, 16),
        /** One device, one command at a time: three hand-offs from thread to thread each. */
        ONE_DEVICE_1_BUFFER(1, 1);

        private final int devices;
        private final int buffers;

        Shape(int devices, int buffers) {
            this.devices = devices;
            this.buffers = buffers;
        }
    }

    /** What is measured. */
    @Param public Shape shape = Shape.ONE_DEVICE_16_BUFFERS;

    private final List<ServerDevice> sending = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<ServerCommand> commands = new ArrayList<>();
    private ServerDeviceSet server = new EmbeddedVdi().newServerDeviceSet();
    private ClientDeviceSet client = new EmbeddedVdi().newDeviceSet();
    private Semaphore free = new Semaphore(0);
    private int turn;

    /** Opens a set and starts its threads. */
    @Setup(Level.Trial)
    public void start() throws VdiException, InterruptedException {
        EmbeddedVdi vdi = new EmbeddedVdi();
        client = vdi.newDeviceSet();
        server = vdi.newServerDeviceSet();
        free = new Semaphore(shape.buffers);
        client.create(null, "bench", DeviceSetConfiguration.request(shape.devices, 0));
        configure();
        for (int i = 0; i < shape.devices; i++) {
            sending.add(server.openDevice("bench" + i));
            ClientDevice device = client.openDevice("bench" + i);
            run(() -> serve(device));
        }
        CountDownLatch running = new CountDownLatch(1);
        run(() -> server.executeCompletionAgent(running::countDown));
        running.await();
        for (int i = 0; i < shape.buffers; i++) {
            commands.add(new ServerCommand(this::recycle));
        }
    }

    private void configure() throws VdiException {
        server.open(null, "bench");
        server.beginConfiguration(new ServerConfiguration(Features.WRITE_MEDIA, 0, SIZE, SIZE, 0));
        server.requestBuffers(SIZE, 0, shape.buffers);
        server.endConfiguration();
        client.getConfiguration(ClientDeviceSet.INFINITE);
    }

    /** Sends one Write as soon as a buffer is free. */
    @Benchmark
    public void write() throws VdiException {
        free.acquireUninterruptibly();
        SharedBuffer buffer = server.allocateBuffer(SIZE, 0);
        ServerCommand command = commands.get(buffer.id());
        turn = turn + 1 == shape.devices ? 0 : turn + 1;
        sending.get(turn).sendCommand(command.transfer(CommandCode.WRITE, buffer, SIZE));
    }

    private void recycle(ServerCommand done) {
        try {
            server.freeBuffer(Objects.requireNonNull(done.buffer()), SIZE);
            free.release();
        } catch (VdiException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void serve(ClientDevice device) throws VdiException {
        while (true) {
            Command command = device.getCommand(ClientDeviceSet.INFINITE);
            if (command != null) {
                device.completeCommand(command, 0, SIZE, 0);
            }
        }
    }

    /** Ends the set as a backup does. */
    @TearDown(Level.Trial)
    public void stop() throws VdiException, InterruptedException {
        free.acquire(shape.buffers);
        for (ServerDevice device : sending) {
            device.closeDevice();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        client.close();
        server.close();
    }

    private interface Work {
        void run() throws VdiException;
    }

    private void run(Work work) {
        threads.add(Thread.ofPlatform().start(() -> untilEnd(work)));
    }

    private static void untilEnd(Work work) {
        try {
            work.run();
        } catch (VdiException e) {
            if (e.status() != VdiStatus.CLOSE) {
                throw new IllegalStateException(e);
            }
        }
    }
}
