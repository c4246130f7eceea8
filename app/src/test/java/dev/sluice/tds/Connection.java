package dev.sluice.tds;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One client. Its thread reads; what it is asked runs on a thread of its own, which alone writes as
 * long as it runs, so that an attention can come in meanwhile.
 */
final class Connection {

    private static final int ENVIRONMENT = 0xE3;
    private static final int ENVIRONMENT_DATABASE = 1;
    private static final int ENVIRONMENT_LANGUAGE = 2;
    private static final int ENVIRONMENT_PACKET_SIZE = 4;
    private static final int ENVIRONMENT_COLLATION = 7;
    private static final int LOGIN_ACKNOWLEDGED = 0xAD;
    private static final int T_SQL = 1;

    private final TdsServer server;
    private final Socket socket;
    private final int session;
    private final Packets packets;

    /** The answer being given, and the thread that gives it; the latter's end is waited for. */
    private volatile @Nullable Reply reply;

    private volatile @Nullable Thread statement;

    Connection(TdsServer server, Socket socket, int session) throws ConnectionLost {
        this.server = server;
        this.socket = socket;
        this.session = session;
        packets = new Packets(socket, session);
    }

    /** Serves the client until it goes. */
    void serve() throws Exception {
        try {
            agreeOnEncryption();
            if (logIn()) {
                while (true) {
                    answer(packets.read());
                }
            }
        } finally {
            stop(Reply.Stop.CONNECTION_LOST);
            socket.close();
            awaitStatement();
        }
    }

    /** From the server's thread: the connection's own ends soon. */
    void close() throws IOException {
        stop(Reply.Stop.SERVER_CLOSED);
        socket.close();
        Thread running = statement;
        if (running != null) {
            running.interrupt();
        }
    }

    private void stop(Reply.Stop why) {
        Reply running = reply;
        if (running != null) {
            running.stop(why);
        }
    }

    private void agreeOnEncryption() throws ConnectionLost {
        PreLogin.read(expect(Packets.PRELOGIN));
        packets.send(Packets.ANSWER, new PreLogin(PreLogin.NOT_SUPPORTED).toBytes());
    }

    private boolean logIn() throws Exception {
        Login login = Login.read(expect(Packets.LOGIN), false);
        Reply answer = new Reply(socket, packets, false);
        reply = answer;
        if (login.kind() == Login.Kind.SQL) {
            server.handler().login(login, answer);
        } else {
            answer.message(Message.loginFailed(login.user()));
        }
        if (!answer.hasFailed()) {
            welcome(login, answer);
        }
        answer.end();
        packets.setSize(login.packetSize());
        return !answer.hasFailed();
    }

    /** As SQL Server welcomes a client, in its order. */
    private static void welcome(Login login, Reply answer) throws IOException {
        String database = login.database().isEmpty() ? "master" : login.database();
        environment(answer, ENVIRONMENT_DATABASE, database, "master");
        answer.message(new Message(5701, 0, 2, "Changed database context to '" + database + "'."));
        answer.withLength(
                ENVIRONMENT,
                new Bytes()
                        .u1(ENVIRONMENT_COLLATION)
                        .u1(SqlType.COLLATION.length)
                        .raw(SqlType.COLLATION)
                        .u1(0));
        environment(answer, ENVIRONMENT_LANGUAGE, "us_english", "");
        answer.message(new Message(5703, 0, 1, "Changed language setting to us_english."));
        answer.withLength(
                LOGIN_ACKNOWLEDGED,
                new Bytes()
                        .u1(T_SQL)
                        // of all numbers this one is in network order
                        .u4(Integer.reverseBytes(login.tdsVersion()))
                        .shortText("Microsoft SQL Server")
                        .raw(TdsServer.VERSION));
        String size = String.valueOf(login.packetSize());
        environment(answer, ENVIRONMENT_PACKET_SIZE, size, "4096");
    }

    private static void environment(Reply answer, int type, String now, String before)
            throws IOException {
        answer.withLength(ENVIRONMENT, new Bytes().u1(type).shortText(now).shortText(before));
    }

    private void answer(Packets.Received message) throws Exception {
        if (message.type() == Packets.ATTENTION) {
            attention();
            return;
        }
        awaitStatement();
        ByteBuffer body = message.body();
        body.position(body.getInt(0)); // behind the headers, which tell of transactions
        if (message.type() == Packets.BATCH) {
            Request request = new Request(Bytes.text(body, body.remaining() / 2), List.of());
            run(request, new Reply(socket, packets, false));
        } else {
            throw new UnsupportedOperationException(
                    "a message of type 0x%02X is not spoken".formatted(message.type()));
        }
    }

    private void attention() throws Exception {
        Reply running = reply;
        if (running == null || !running.attention()) {
            awaitStatement();
            Reply late = new Reply(socket, packets, false);
            late.attention();
            late.end();
        }
    }

    private void run(Request request, Reply answer) {
        reply = answer;
        statement =
                server.start(
                        "tds-%d-statement".formatted(session),
                        () -> {
                            try {
                                server.handler().batch(request, answer);
                                answer.end();
                            } catch (Throwable e) {
                                // the client must not wait for an answer that will not come
                                socket.close();
                                throw e;
                            }
                        });
    }

    private void awaitStatement() throws InterruptedException {
        Thread running = statement;
        if (running != null) {
            running.join();
        }
    }

    private ByteBuffer expect(int type) throws ConnectionLost {
        Packets.Received message = packets.read();
        if (message.type() != type) {
            throw new UnsupportedOperationException(
                    "expected a message of type 0x%02X, not 0x%02X"
                            .formatted(type, message.type()));
        }
        return message.body();
    }
}
