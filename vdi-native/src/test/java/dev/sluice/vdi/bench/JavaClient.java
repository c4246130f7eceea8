package dev.sluice.vdi.bench;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.DoubleStream;
import dev.sluice.vdi.jna.Doubles;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.jna.posix.PosixVdi;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/** Our client, doing what {@code reference_client.cpp} does, in this process. */
final class JavaClient {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DoubleControl control = DoubleControl.of(Doubles.posixLibrary());
    private final VdiProvider vdi;

    JavaClient() throws NativeVdiException {
        vdi = PosixVdi.open(Doubles.posixLibrary());
    }

    /** The clock, and what the process has used of its processors. */
    private record Moment(long nanos, long cpuNanos) {}

    private Moment now() {
        return new Moment(System.nanoTime(), control.cpuNanos());
    }

    Turn run(Transfer transfer)
            throws VdiException, IOException, InterruptedException, ExecutionException {
        String name = "java-" + UUID.randomUUID();
        AtomicReference<@Nullable Moment> first = new AtomicReference<>();
        List<FutureTask<Long>> workers = new ArrayList<>();
        List<FileChannel> files = new ArrayList<>();
        ClientDeviceSet set = vdi.newDeviceSet();
        try {
            set.create(null, name, DeviceSetConfiguration.request(transfer.devices(), 0));
            DoubleStream server = serve(name, transfer);
            Objects.requireNonNull(set.getConfiguration(PATIENCE.toMillis()));
            for (int i = 0; i < transfer.devices(); i++) {
                ClientDevice device = set.openDevice(i == 0 ? name : name + "-" + i);
                FileChannel file = open(transfer.sink(), i);
                if (file != null) {
                    files.add(file);
                }
                FutureTask<Long> worker = new FutureTask<>(() -> serve(device, file, first));
                workers.add(worker);
                Thread.ofPlatform().daemon().name(device.name()).start(worker);
            }
            long bytes = 0;
            for (FutureTask<Long> worker : workers) {
                bytes += worker.get();
            }
            set.close();
            return turn(bytes, Objects.requireNonNull(first.get()), server);
        } finally {
            for (FileChannel file : files) {
                file.close();
            }
        }
    }

    private DoubleStream serve(String name, Transfer transfer) {
        return control.stream(
                "set=" + name,
                "bytes=" + transfer.bytes(),
                "max_transfer=" + transfer.size(),
                "buffers=" + transfer.buffers(),
                "outstanding=" + Transfer.OUTSTANDING);
    }

    private static @Nullable FileChannel open(@Nullable Path sink, int device) throws IOException {
        return sink == null
                ? null
                : FileChannel.open(
                        Transfer.file(sink, device),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
    }

    private Turn turn(long bytes, Moment first, DoubleStream server) {
        DoubleStream.Result result = server.join(PATIENCE);
        // both ends unmap the buffers; freeing them is the last one's work, whichever that is
        Moment closed = now();
        if (!result.verdict().equals("ok")) {
            throw new IllegalStateException(
                    "the server ended " + result.verdict() + ": " + result.failure());
        }
        return new Turn(
                bytes, closed.nanos() - first.nanos(), closed.cpuNanos() - first.cpuNanos());
    }

    private long serve(
            ClientDevice device,
            @Nullable FileChannel file,
            AtomicReference<@Nullable Moment> first)
            throws VdiException, IOException {
        long bytes = 0;
        try {
            while (true) {
                Command command =
                        Objects.requireNonNull(device.getCommand(ClientDeviceSet.INFINITE));
                if (first.get() == null) {
                    first.compareAndSet(null, now());
                }
                bytes += execute(device, command, file);
            }
        } catch (VdiException e) {
            if (e.status() != VdiStatus.CLOSE) {
                throw e;
            }
            return bytes;
        }
    }

    private static int execute(ClientDevice device, Command command, @Nullable FileChannel file)
            throws VdiException, IOException {
        int bytes = 0;
        int code = 0;
        switch (command.code()) {
            case WRITE -> {
                bytes = command.size();
                if (file != null) {
                    write(file, command.buffer());
                }
            }
            // what fwrite kept back fflush writes; a channel keeps nothing back
            case FLUSH, COMPLETE, CLEAR_ERROR -> {}
            default -> code = CompletionCode.NOT_SUPPORTED.number();
        }
        device.completeCommand(command, code, bytes, 0);
        return bytes;
    }

    private static void write(FileChannel file, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }
}
