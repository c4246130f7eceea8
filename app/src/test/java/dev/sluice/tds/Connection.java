package dev.sluice.tds;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One client. Its thread reads; each answer is given by a thread of its own, which alone writes as
 * long as it runs, so that meanwhile an attention is heard, and the client's end.
 */
final class Connection {

    private static final int ENVIRONMENT = 0xE3;
    private static final int ENVIRONMENT_DATABASE = 1;
    private static final int ENVIRONMENT_LANGUAGE = 2;
    private static final int ENVIRONMENT_PACKET_SIZE = 4;
    private static final int ENVIRONMENT_COLLATION = 7;
    private static final int LOGIN_ACKNOWLEDGED = 0xAD;
    private static final int FEATURES_ACKNOWLEDGED = 0xAE;
    private static final int T_SQL = 1;

    /** TDS 8.0 among the application protocols of TLS. */
    private static final String TDS_8 = "tds/8.0";

    private final TdsServer server;
    private final Socket socket;
    private final int session;
    private final Packets packets;
    private final PreparedStatements prepared;

    /** The answer being given, and the thread that gives it; null before the login. */
    private @Nullable Reply reply;

    private @Nullable Thread answering;

    Connection(TdsServer server, Socket socket, int session) throws ConnectionLost {
        this.server = server;
        this.socket = socket;
        this.session = session;
        packets = new Packets(socket, session);
        prepared = new PreparedStatements(session);
    }

    /** Serves the client until it goes. */
    void serve() throws Exception {
        try {
            logIn(agreeOnEncryption());
            while (true) {
                read(packets.read());
            }
        } finally {
            socket.close();
            if (reply != null) {
                reply.stop(Reply.Stop.CONNECTION_LOST);
            }
            awaitAnswer();
        }
    }

    /** From any thread: the connection's own will notice. */
    void close() throws IOException {
        socket.close();
    }

    /** Returns what the login's own packets travel in, and leaves the rest to the login. */
    private int agreeOnEncryption() throws ConnectionLost {
        if (server.encryption() == Encryption.STRICT) {
            SSLSocket tls = tls(socket, "TLSv1.3", "TLSv1.2");
            if (!tls.getApplicationProtocol().equals(TDS_8)) {
                throw new ConnectionLost("a client that does not ask for TDS 8.0");
            }
            packets.travelOver(tls);
        }
        int agreed = server.encryption().answer(PreLogin.read(expect(Packets.PRELOGIN)));
        packets.send(Packets.ANSWER, new PreLogin(agreed).toBytes());
        if (agreed != PreLogin.NOT_SUPPORTED) {
            HandshakeSocket wrapped = new HandshakeSocket(socket, packets);
            // with 1.3, tickets come after the handshake, where the client expects TDS
            SSLSocket tls = tls(wrapped, "TLSv1.2");
            wrapped.handshakeIsDone();
            packets.travelOver(tls);
        }
        return agreed;
    }

    private SSLSocket tls(Socket below, String... protocols) throws ConnectionLost {
        try {
            SSLSocket tls =
                    (SSLSocket)
                            server.tls()
                                    .getSocketFactory()
                                    .createSocket(below, null, socket.getPort(), true);
            tls.setUseClientMode(false);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setProtocols(protocols);
            parameters.setApplicationProtocols(new String[] {TDS_8});
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return tls;
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }

    private void logIn(int encryption) throws ConnectionLost {
        Login login = Login.read(expect(Packets.LOGIN));
        if (encryption == PreLogin.OFF) {
            packets.travelOver(socket); // TLS was for the login alone
        }
        Reply answer = new Reply(socket, packets, false);
        answer(
                answer,
                () -> {
                    if (login.kind() != Login.Kind.SSPI) {
                        server.handler().login(login, answer);
                    } else {
                        answer.message(Message.loginFailed(login.user()));
                    }
                    if (answer.hasFailed()) {
                        answer.end();
                        socket.close();
                    } else {
                        welcome(login, answer);
                        answer.end();
                        packets.setSize(login.packetSize());
                    }
                });
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
        if (login.kind() == Login.Kind.FEDERATED) {
            answer.token(
                    new Bytes()
                            .u1(FEATURES_ACKNOWLEDGED)
                            .u1(Login.FEATURE_FEDAUTH)
                            .u4(0)
                            .u1(Login.FEATURES_END));
        }
        String size = String.valueOf(login.packetSize());
        environment(answer, ENVIRONMENT_PACKET_SIZE, size, "4096");
    }

    private static void environment(Reply answer, int type, String now, String before)
            throws IOException {
        answer.withLength(ENVIRONMENT, new Bytes().u1(type).shortText(now).shortText(before));
    }

    private void read(Packets.Received message) throws Exception {
        if (message.type() == Packets.ATTENTION) {
            if (reply == null || !reply.attention()) {
                awaitAnswer();
                Reply.acknowledgeAttention(packets);
            }
            return;
        }
        awaitAnswer();
        ByteBuffer body = message.body();
        body.position(body.getInt(0)); // behind the headers, which tell of transactions
        switch (message.type()) {
            case Packets.BATCH -> {
                Request request =
                        new Request(Bytes.text(body, body.remaining() / 2), List.of(), session);
                answer(request, new Reply(socket, packets, false));
            }
            case Packets.RPC -> {
                Reply answer = new Reply(socket, packets, true);
                Request request = prepared.read(body, answer);
                if (request == null) {
                    answer.end();
                } else {
                    answer(request, answer);
                }
            }
            default ->
                    throw new UnsupportedOperationException(
                            "a message of type 0x%02X is not spoken".formatted(message.type()));
        }
    }

    private void answer(Request request, Reply answer) {
        answer(
                answer,
                () -> {
                    server.handler().batch(request, answer);
                    answer.end();
                });
    }

    private void answer(Reply answer, TdsServer.Task task) {
        reply = answer;
        answering =
                server.start(
                        "tds-%d-answer".formatted(session),
                        () -> {
                            try {
                                task.run();
                            } catch (Throwable e) {
                                // the client must not wait for an answer that will not come
                                socket.close();
                                throw e;
                            }
                        });
    }

    private void awaitAnswer() throws InterruptedException {
        if (answering != null) {
            answering.join();
        }
    }

    /** Who says anything else is turned away: it may be TLS for a server that has none. */
    private ByteBuffer expect(int type) throws ConnectionLost {
        Packets.Received message = packets.read();
        if (message.type() != type) {
            throw new ConnectionLost(
                    "expected a message of type 0x%02X, not 0x%02X"
                            .formatted(type, message.type()));
        }
        return message.body();
    }
}
