package dev.sluice.tds;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The answer to a login, a batch or a procedure: tokens in the order of the calls. Any thread may
 * call; after the {@link Handler} has returned nobody may.
 *
 * <p>A method that sends throws an IOException when the client has gone.
 */
public final class Reply {

    /** Why an answer is no longer wanted. */
    public enum Stop {
        /** The client cancels. It still listens, until the answer ends. */
        ATTENTION,
        /** The client has gone, or the server is being closed. */
        CONNECTION_LOST
    }

    private static final int COLUMNS = 0x81;
    private static final int INFO = 0xAB;
    private static final int ERROR = 0xAA;
    private static final int ROW = 0xD1;
    private static final int ROW_WITH_NULLS = 0xD2;
    private static final int RETURN_VALUE = 0xAC;
    private static final int RETURN_STATUS = 0x79;
    private static final int DONE = 0xFD;
    private static final int DONE_PROCEDURE = 0xFE;
    private static final int DONE_IN_PROCEDURE = 0xFF;

    private static final int FINAL = 0x00;
    private static final int MORE = 0x01;
    private static final int WITH_ERROR = 0x02;
    private static final int WITH_COUNT = 0x10;
    private static final int ATTENTION = 0x20;

    private static final int COMMAND_NONE = 0;
    private static final int COMMAND_SELECT = 0xC1;
    private static final int COMMAND_UPDATE = 0xC5;

    private static final int NULLABLE = 0x01;

    private final Socket socket;
    private final Packets packets;
    private final boolean ofProcedure;
    private final CompletableFuture<Stop> stopped = new CompletableFuture<>();

    private List<Column> columns = List.of();
    private long rows;

    /** Whether the statement, and whether any statement sent an error. */
    private boolean failed;

    private boolean everFailed;

    /** The end of a statement, kept back until it is known whether anything follows. */
    private @Nullable Done held;

    /** What the procedure gives back: the handle of a statement it prepared; 0 for none. */
    private int handle;

    private boolean attention;
    private boolean ended;

    private record Done(int token, int status, int command, long count) {

        byte[] bytes(int more) {
            return new Bytes().u1(token).u2(status | more).u2(command).u8(count).toArray();
        }
    }

    Reply(Socket socket, Packets packets, boolean ofProcedure) {
        this.socket = socket;
        this.packets = packets;
        this.ofProcedure = ofProcedure;
    }

    /**
     * Completed when nobody waits for the answer any more. What depends on it runs on a thread of
     * the server, which must not be kept.
     */
    public CompletableFuture<Stop> stopped() {
        return stopped;
    }

    /** Sends a message at once, with all that came before it. */
    public synchronized void message(Message message) throws IOException {
        failed |= message.isError();
        everFailed |= message.isError();
        Bytes body =
                new Bytes()
                        .u4(message.number())
                        .u1(message.state())
                        .u1(message.severity())
                        .text(message.text())
                        .shortText(TdsServer.NAME)
                        .shortText(message.procedure())
                        .u4(message.line());
        withLength(message.isError() ? ERROR : INFO, body);
        packets.flush(Packets.ANSWER);
    }

    /** Begins a result; the one before it ends. */
    public synchronized void columns(Column... all) throws IOException {
        if (!columns.isEmpty()) {
            done();
        }
        columns = List.of(all);
        Bytes metadata = new Bytes().u1(COLUMNS).u2(all.length);
        for (Column column : all) {
            metadata.u4(0).u2(NULLABLE);
            column.type().writeInfo(metadata);
            metadata.shortText(column.name());
        }
        token(metadata);
    }

    /** A row of the result, in the order of its columns. */
    public synchronized void row(@Nullable Object... values) throws IOException {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "%d values for %d columns".formatted(values.length, columns.size()));
        }
        byte[] nulls = new byte[(values.length + 7) / 8];
        Bytes body = new Bytes();
        boolean hasNulls = false;
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                hasNulls = true;
                nulls[i / 8] |= (byte) (1 << (i % 8));
            } else {
                columns.get(i).type().writeValue(body, value);
            }
        }
        rows++;
        Bytes row = new Bytes().u1(hasNulls ? ROW_WITH_NULLS : ROW);
        token((hasNulls ? row.raw(nulls) : row).raw(body.toArray()));
    }

    /**
     * Ends a statement of the batch: that of the result, with its number of rows, or one without a
     * result. A handler need not call it for its last statement.
     */
    public synchronized void done() throws IOException {
        if (columns.isEmpty()) {
            endStatement(FINAL, COMMAND_NONE, 0);
        } else {
            endStatement(WITH_COUNT, COMMAND_SELECT, rows);
        }
    }

    /** Ends a statement that changed so many rows. */
    public synchronized void updated(long count) throws IOException {
        endStatement(WITH_COUNT, COMMAND_UPDATE, count);
    }

    /** Drops the connection, so that the client sees it reset. */
    public void drop() throws IOException {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }

    /** A token that has no method here. */
    synchronized void token(Bytes token) throws IOException {
        if (ended) {
            throw new IllegalStateException("the answer has ended");
        }
        release(MORE);
        packets.write(Packets.ANSWER, token.toArray());
    }

    /** A token that tells its length. */
    void withLength(int type, Bytes body) throws IOException {
        byte[] bytes = body.toArray();
        token(new Bytes().u1(type).u2(bytes.length).raw(bytes));
    }

    synchronized void prepared(int newHandle) {
        handle = newHandle;
    }

    synchronized boolean hasFailed() {
        return everFailed;
    }

    void stop(Stop why) {
        stopped.complete(why);
    }

    /** Tells of an attention; false when the answer has ended already. */
    boolean attention() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            attention = true;
        }
        stop(Stop.ATTENTION);
        return true;
    }

    /**
     * Ends the answer. If an attention came meanwhile, it ends with an error, and the
     * acknowledgement follows in a message of its own, as the driver knows it from SQL Server.
     */
    synchronized void end() throws IOException {
        failed |= attention;
        if (!columns.isEmpty() || failed || held == null) {
            done();
        }
        if (ofProcedure) {
            token(new Bytes().u1(RETURN_STATUS).u4(everFailed ? 1 : 0));
            if (handle != 0) {
                Bytes value = new Bytes().u1(RETURN_VALUE).u2(0).shortText("").u1(1).u4(0).u2(0);
                SqlType.INT.writeInfo(value);
                SqlType.INT.writeValue(value, handle);
                token(value);
            }
            hold(new Done(DONE_PROCEDURE, everFailed ? WITH_ERROR : FINAL, COMMAND_NONE, 0));
        }
        release(FINAL);
        packets.end(Packets.ANSWER);
        ended = true;
        if (attention) {
            acknowledgeAttention(packets);
        }
    }

    static void acknowledgeAttention(Packets packets) throws IOException {
        packets.send(Packets.ANSWER, new Done(DONE, ATTENTION, COMMAND_NONE, 0).bytes(FINAL));
    }

    private void endStatement(int status, int command, long count) throws IOException {
        int token = ofProcedure ? DONE_IN_PROCEDURE : DONE;
        hold(new Done(token, status | (failed ? WITH_ERROR : FINAL), command, count));
        failed = false;
        columns = List.of();
        rows = 0;
    }

    private void hold(Done done) throws IOException {
        release(MORE);
        held = done;
    }

    private void release(int more) throws IOException {
        Done done = held;
        held = null;
        if (done != null) {
            packets.write(Packets.ANSWER, done.bytes(more));
        }
    }
}
