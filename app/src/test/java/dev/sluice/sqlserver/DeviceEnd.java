package dev.sluice.sqlserver;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.SharedBuffer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The server's end of one device. One thread at a time. */
final class DeviceEnd {

    /** Whoever waits so long for an answer waits for ever. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServerDevice device;
    private final int blockSize;
    private final int maxTransferSize;
    private final Queue<Piece> free = new ArrayDeque<>();
    private final Queue<Piece> underWay = new ArrayDeque<>();
    private final Answer control = new Answer();

    /** Hears what went through a device. */
    interface Progress {
        /**
         * On the device's thread.
         *
         * @throws StatementFailed when the device should not go on
         */
        void moved(int bytes) throws StatementFailed;
    }

    /** A command that waits to be answered. */
    private static class Answer {

        final Semaphore answered = new Semaphore(0);
        final ServerCommand command = new ServerCommand(ignored -> answered.release());

        void await() {
            try {
                if (!answered.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError(
                            "command %d was not answered".formatted(command.rawCode()));
                }
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting for a client", e);
            }
        }
    }

    /** A Read or Write, with its buffer. */
    private static final class Piece extends Answer {

        final SharedBuffer buffer;

        Piece(SharedBuffer buffer) {
            this.buffer = buffer;
        }
    }

    DeviceEnd(ServerDevice device, List<SharedBuffer> buffers, int blockSize, int maxTransferSize) {
        this.device = device;
        this.blockSize = blockSize;
        this.maxTransferSize = maxTransferSize;
        buffers.forEach(buffer -> free.add(new Piece(buffer)));
    }

    String name() {
        return device.name();
    }

    /**
     * Writes a part of a stream: a small piece first, as headers are, then as much as fits.
     *
     * @param stored hears of the bytes of each piece that the client has stored
     */
    void write(byte[] stream, int from, int to, Progress stored) throws StatementFailed {
        int at = from;
        while (at < to) {
            int size = Math.min(at == 0 ? 4 * blockSize : maxTransferSize, to - at);
            Piece piece = freePiece(stored);
            piece.buffer.data().clear().put(stream, at, size);
            piece.command.transfer(CommandCode.WRITE, piece.buffer, size);
            underWay.add(piece);
            send(piece);
            at += size;
        }
        while (!underWay.isEmpty()) {
            takeBack(stored);
        }
    }

    private Piece freePiece(Progress stored) throws StatementFailed {
        if (free.isEmpty()) {
            takeBack(stored);
        }
        return free.remove();
    }

    private void takeBack(Progress stored) throws StatementFailed {
        Piece piece = underWay.element();
        piece.await();
        underWay.remove();
        free.add(piece);
        requireSuccess(piece);
        stored.moved(piece.command.bytesTransferred());
    }

    /**
     * Asks for the next bytes of the stream, without waiting for them.
     *
     * @return false when no buffer is left
     */
    boolean request(int size) throws StatementFailed {
        Piece piece = free.poll();
        if (piece == null) {
            return false;
        }
        piece.command.transfer(CommandCode.READ, piece.buffer, size);
        underWay.add(piece);
        send(piece);
        return true;
    }

    /** Hears the bytes that a Read brought. */
    interface Reader {
        /** Called with the buffer from its beginning to the end of the bytes. */
        void read(ByteBuffer bytes) throws Exception;
    }

    /**
     * Waits for the oldest request.
     *
     * @return false when the stream has ended
     */
    boolean receive(Reader reader) throws Exception {
        Piece piece = underWay.element();
        piece.await();
        underWay.remove();
        free.add(piece);
        int code = piece.command.completionCode();
        boolean ended = code == CompletionCode.HANDLE_EOF.number();
        if (!ended) {
            requireSuccess(piece);
        }
        int bytes = piece.command.bytesTransferred();
        if (bytes != piece.command.size() && !ended) {
            throw new AssertionError(
                    "a Read of %d bytes succeeded with %d".formatted(piece.command.size(), bytes));
        }
        reader.read(piece.buffer.data().clear().limit(bytes));
        return !ended;
    }

    /** Sends a command without data and waits for its answer. */
    void control(CommandCode code) throws StatementFailed {
        control.command.control(code);
        send(control);
        control.await();
        requireSuccess(control);
    }

    /** Waits for every answer, whatever it is. */
    void settle() {
        while (!underWay.isEmpty()) {
            underWay.element().await();
            free.add(underWay.remove());
        }
    }

    /** Whether the client will see the normal end. */
    boolean close() {
        try {
            device.closeDevice();
            return true;
        } catch (VdiException e) {
            return false;
        }
    }

    /** What comes of it, the completion routine says, also when it is refused. */
    private void send(Answer answer) {
        try {
            device.sendCommand(answer.command);
        } catch (VdiException e) {
            if (answer.answered.availablePermits() == 0) {
                throw new AssertionError("a refused command was not called back", e);
            }
        }
    }

    private void requireSuccess(Answer answer) throws StatementFailed {
        int code = answer.command.completionCode();
        if (code != 0) {
            throw ServerMessages.deviceFailed(
                    name(), CommandCode.of(answer.command.rawCode()), code);
        }
    }
}
