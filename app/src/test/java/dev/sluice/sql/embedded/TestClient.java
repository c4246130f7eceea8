package dev.sluice.sql.embedded;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.Scope;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A small client of the embedded server: its devices write to, and read from, byte arrays. */
final class TestClient {

    /** What a client answers to a command; 0 carries it out. */
    interface Answer {
        /** Decides by the device, from 0, and the number of the command on it, from 0. */
        int to(ClientDeviceSet set, int device, int number, Command command) throws VdiException;
    }

    static final Answer SUCCESS = (set, device, number, command) -> 0;

    private final EmbeddedServer server;
    private final ConcurrentLinkedQueue<SqlMessage> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger commands = new AtomicInteger();
    private Answer answer = SUCCESS;
    private @Nullable DeviceSetConfiguration configuration;

    TestClient(EmbeddedServer server) {
        this.server = server;
    }

    /** Answers commands so from now on. */
    TestClient answering(Answer newAnswer) {
        answer = newAnswer;
        return this;
    }

    /** Every message of the last statement, as it was heard. */
    List<SqlMessage> heard() {
        return List.copyOf(heard);
    }

    /** Commands completed so far. */
    int commands() {
        return commands.get();
    }

    /** What the server decided for the last set. */
    DeviceSetConfiguration configuration() {
        if (configuration == null) {
            throw new IllegalStateException("the set was never configured");
        }
        return configuration;
    }

    /** New device names. */
    static List<String> names(int devices) {
        String set = UUID.randomUUID().toString();
        return IntStream.range(0, devices).mapToObj(i -> i == 0 ? set : set + "-" + i).toList();
    }

    /** A full backup without options. */
    List<byte[]> backup(String database, int devices) throws SqlServerException {
        return backup(database, devices, BackupType.FULL);
    }

    List<byte[]> backup(String database, int devices, BackupType type) throws SqlServerException {
        return backup(
                new BackupStatement(
                        type,
                        database,
                        new Scope.WholeDatabase(),
                        names(devices),
                        BackupStatement.Options.NONE));
    }

    /** The stripes a backup wrote. */
    List<byte[]> backup(BackupStatement statement) throws SqlServerException {
        List<ByteArrayOutputStream> stripes =
                statement.devices().stream().map(name -> new ByteArrayOutputStream()).toList();
        run(
                statement.devices(),
                statement.toSql(),
                Features.REQUEST_COMPLETE,
                (device, command) -> write(stripes.get(device), command));
        return stripes.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }

    StatementResult restore(String database, List<byte[]> stripes) throws SqlServerException {
        return restore(database, stripes, RestoreStatement.Options.NONE);
    }

    StatementResult restore(String database, List<byte[]> stripes, RestoreStatement.Options options)
            throws SqlServerException {
        return restore(
                new RestoreStatement(
                        RestoreStatement.Kind.DATABASE,
                        database,
                        new Scope.WholeDatabase(),
                        names(stripes.size()),
                        options),
                stripes);
    }

    StatementResult look(RestoreStatement.Kind kind, List<byte[]> stripes)
            throws SqlServerException {
        return restore(RestoreStatement.look(kind, names(stripes.size())), stripes);
    }

    StatementResult restore(RestoreStatement statement, List<byte[]> stripes)
            throws SqlServerException {
        List<ByteBuffer> sources = stripes.stream().map(ByteBuffer::wrap).toList();
        return run(
                statement.devices(),
                statement.toSql(),
                Features.LIKE_PIPE,
                (device, command) -> read(sources.get(device), command));
    }

    /** Carries out a command; returns the bytes moved, negative at the end of the stream. */
    private interface Media {
        int move(int device, Command command);
    }

    private static int write(ByteArrayOutputStream stripe, Command command) {
        byte[] bytes = new byte[command.size()];
        command.buffer().get(bytes);
        stripe.writeBytes(bytes);
        return bytes.length;
    }

    private static int read(ByteBuffer stripe, Command command) {
        int count = Math.min(command.size(), stripe.remaining());
        command.buffer().put(stripe.slice(stripe.position(), count));
        stripe.position(stripe.position() + count);
        return count < command.size() ? -count - 1 : count;
    }

    private StatementResult run(List<String> names, String sql, int features, Media media)
            throws SqlServerException {
        heard.clear();
        ClientDeviceSet set = server.vdi().newDeviceSet();
        CompletableFuture<StatementResult> verdict = new CompletableFuture<>();
        List<Thread> threads = new ArrayList<>();
        try {
            set.create(
                    null, names.getFirst(), DeviceSetConfiguration.request(names.size(), features));
            Thread.ofPlatform().start(() -> statement(sql, set, verdict));
            configuration = set.getConfiguration(ClientDeviceSet.INFINITE);
            for (int i = 0; i < names.size(); i++) {
                int device = i;
                ClientDevice opened = set.openDevice(names.get(device));
                threads.add(
                        Thread.ofPlatform()
                                .start(() -> serve(set, opened, device, media, verdict)));
            }
        } catch (VdiException e) {
            if (e.status() != VdiStatus.ABORT) {
                verdict.completeExceptionally(e);
            }
        }
        threads.forEach(Threads::join);
        close(set);
        return outcome(verdict);
    }

    private void statement(
            String sql, ClientDeviceSet set, CompletableFuture<StatementResult> verdict) {
        try (SqlSession session = server.connect()) {
            verdict.complete(session.execute(sql, heard::add));
        } catch (SqlServerException e) {
            verdict.completeExceptionally(e);
            abort(set);
        }
    }

    private void serve(
            ClientDeviceSet set,
            ClientDevice device,
            int index,
            Media media,
            CompletableFuture<StatementResult> verdict) {
        try {
            for (int number = 0; ; number++) {
                Command command = device.getCommand(ClientDeviceSet.INFINITE);
                if (command != null) {
                    serve(set, device, index, number, command, media);
                }
            }
        } catch (VdiException e) {
            if (e.status() != VdiStatus.CLOSE && e.status() != VdiStatus.ABORT) {
                verdict.completeExceptionally(e);
            }
        }
    }

    private void serve(
            ClientDeviceSet set,
            ClientDevice device,
            int index,
            int number,
            Command command,
            Media media)
            throws VdiException {
        int code = answer.to(set, index, number, command);
        int moved = 0;
        if (code == 0 && command.code().hasBuffer()) {
            moved = media.move(index, command);
            code = moved < 0 ? CompletionCode.HANDLE_EOF.number() : 0;
        } else if (code == 0 && command.code() == CommandCode.UNKNOWN) {
            code = CompletionCode.NOT_SUPPORTED.number();
        }
        commands.incrementAndGet();
        device.completeCommand(command, code, moved < 0 ? -moved - 1 : moved, 0);
    }

    private static void abort(ClientDeviceSet set) {
        try {
            set.signalAbort();
        } catch (VdiException e) {
            // closed already
        }
    }

    private static void close(ClientDeviceSet set) {
        try {
            set.close();
        } catch (VdiException e) {
            // devices were open: the statement's verdict tells why
        }
    }

    private static StatementResult outcome(CompletableFuture<StatementResult> verdict)
            throws SqlServerException {
        try {
            return verdict.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SqlServerException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
