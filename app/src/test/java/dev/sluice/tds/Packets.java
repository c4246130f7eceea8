package dev.sluice.tds;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Messages in packets (sections 2.2.3.1 and 2.2.3.2 of the specification). One thread reads; the
 * writers take turns by themselves.
 */
final class Packets {

    static final int BATCH = 0x01;
    static final int RPC = 0x03;
    static final int ANSWER = 0x04;
    static final int ATTENTION = 0x06;
    static final int LOGIN = 0x10;
    static final int PRELOGIN = 0x12;

    private static final int LAST_TYPE = PRELOGIN;

    private static final int HEADER = 8;
    private static final int END_OF_MESSAGE = 0x01;

    /** The size of packets until the login has agreed on one, in bytes. */
    private static final int FIRST_SIZE = 4096;

    private final int session;
    private DataInputStream in;
    private OutputStream out;
    private int capacity = FIRST_SIZE - HEADER;
    private int sent;
    private byte[] unsent = new byte[0];

    /** A message of the client; its body is little-endian. */
    record Received(int type, ByteBuffer body) {}

    Packets(Socket socket, int session) throws ConnectionLost {
        this.session = session;
        in = new DataInputStream(InputStream.nullInputStream());
        out = OutputStream.nullOutputStream();
        travelOver(socket);
    }

    /** From now on, as TLS begins or ends. Nothing may be unsent. */
    void travelOver(Socket socket) throws ConnectionLost {
        try {
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }

    /** In bytes, headers included. */
    void setSize(int size) {
        capacity = size - HEADER;
    }

    /** Waits for a whole message. */
    Received read() throws ConnectionLost {
        try {
            Bytes body = new Bytes();
            int type;
            int status;
            do {
                type = in.readUnsignedByte();
                if (type > LAST_TYPE) {
                    throw new IOException("not TDS; perhaps it is TLS");
                }
                status = in.readUnsignedByte();
                int length = in.readUnsignedShort();
                in.skipNBytes(4);
                byte[] part = new byte[length - HEADER];
                in.readFully(part);
                body.raw(part);
            } while ((status & END_OF_MESSAGE) == 0);
            ByteBuffer whole = ByteBuffer.wrap(body.toArray());
            return new Received(type, whole.order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }

    /** Sends a whole message. */
    void send(int type, byte[] message) throws ConnectionLost {
        write(type, message);
        end(type);
    }

    /** Goes on with a message; what does not fill a packet is not yet sent. */
    void write(int type, byte[] part) throws ConnectionLost {
        ByteBuffer rest =
                ByteBuffer.allocate(unsent.length + part.length).put(unsent).put(part).flip();
        while (rest.remaining() > capacity) {
            packet(type, 0, Bytes.raw(rest, capacity));
        }
        unsent = Bytes.raw(rest, rest.remaining());
    }

    /** Sends what was written, in a packet of its own size. */
    void flush(int type) throws ConnectionLost {
        if (unsent.length > 0) {
            packet(type, 0, unsent);
            unsent = new byte[0];
        }
    }

    /** Ends the message. */
    void end(int type) throws ConnectionLost {
        packet(type, END_OF_MESSAGE, unsent);
        unsent = new byte[0];
        sent = 0;
    }

    private void packet(int type, int status, byte[] body) throws ConnectionLost {
        sent++;
        try {
            // in one piece, and in network order unlike everything else
            out.write(
                    ByteBuffer.allocate(HEADER + body.length)
                            .put((byte) type)
                            .put((byte) status)
                            .putShort((short) (HEADER + body.length))
                            .putShort((short) session)
                            .put((byte) sent)
                            .put((byte) 0)
                            .put(body)
                            .array());
            out.flush();
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }
}
