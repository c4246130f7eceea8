package dev.sluice.sqlserver;

import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServer;
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
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The smallest backup program there can be, of one device in memory: what a statement needs to run,
 * without the product. For one statement.
 */
final class StreamClient {

    /** The device to be named in the statement. */
    final String device = "contract-" + UUID.randomUUID();

    /** What the session heard, as it came. */
    final CopyOnWriteArrayList<SqlMessage> heard = new CopyOnWriteArrayList<>();

    private final SqlServer server;
    private final SqlSession session;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private ByteBuffer source = ByteBuffer.allocate(0);
    private Consumer<CommandCode> before = command -> {};
    private @Nullable DeviceSetConfiguration configured;

    StreamClient(SqlServer server, SqlSession session) {
        this.server = server;
        this.session = session;
    }

    /** What the server reads. */
    StreamClient from(byte[] stream) {
        source = ByteBuffer.wrap(stream);
        return this;
    }

    /** Something to do before each command is answered. */
    StreamClient before(Consumer<CommandCode> action) {
        before = action;
        return this;
    }

    /** What the server configured; of a statement that has run. */
    DeviceSetConfiguration configuration() {
        return Objects.requireNonNull(configured);
    }

    /** What the server wrote. */
    byte[] written() {
        return written.toByteArray();
    }

    /** Runs a statement to its end, and the device besides. */
    StatementResult run(String statement) throws Exception {
        ClientDeviceSet set = server.vdi().newDeviceSet();
        int features = statement.startsWith("BACKUP") ? Features.REQUEST_COMPLETE : 0;
        set.create(session.facts().instance(), device, DeviceSetConfiguration.request(1, features));
        CompletableFuture<StatementResult> verdict = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> execute(statement, verdict));
        try {
            serve(set, verdict);
        } finally {
            close(set);
            thread.join();
        }
        try {
            return verdict.get(DeviceEnd.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SqlServerException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void execute(String statement, CompletableFuture<StatementResult> verdict) {
        try {
            verdict.complete(session.execute(statement, heard::add));
        } catch (SqlServerException | RuntimeException e) {
            verdict.completeExceptionally(e);
        }
    }

    private void serve(ClientDeviceSet set, CompletableFuture<StatementResult> verdict)
            throws VdiException {
        try {
            while (configured == null) {
                if (verdict.isDone()) {
                    return;
                }
                configured = set.getConfiguration(100);
            }
            ClientDevice opened = set.openDevice(device);
            while (true) {
                Command command = opened.getCommand(ClientDeviceSet.INFINITE);
                if (command != null) {
                    answer(opened, command);
                }
            }
        } catch (VdiException e) {
            if (e.status() != VdiStatus.CLOSE && e.status() != VdiStatus.ABORT) {
                throw e;
            }
        }
    }

    private void answer(ClientDevice opened, Command command) throws VdiException {
        before.accept(command.code());
        switch (command.code()) {
            case WRITE -> {
                byte[] bytes = new byte[command.size()];
                command.buffer().get(bytes);
                written.writeBytes(bytes);
                opened.completeCommand(command, 0, bytes.length, 0);
            }
            case READ -> {
                int count = Math.min(command.size(), source.remaining());
                command.buffer().put(source.slice(source.position(), count));
                source.position(source.position() + count);
                int code = count < command.size() ? CompletionCode.HANDLE_EOF.number() : 0;
                opened.completeCommand(command, code, count, 0);
            }
            case FLUSH, COMPLETE, CLEAR_ERROR -> opened.completeCommand(command, 0, 0, 0);
            default -> opened.completeCommand(command, CompletionCode.NOT_SUPPORTED.number(), 0, 0);
        }
    }

    private static void close(ClientDeviceSet set) {
        try {
            set.close();
        } catch (VdiException e) {
            // a device was open: the statement's verdict tells why
        }
    }
}
