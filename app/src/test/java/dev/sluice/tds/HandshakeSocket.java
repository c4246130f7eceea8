package dev.sluice.tds;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * What TLS takes for its socket before TDS 8.0: the records of its handshake travel in PRELOGIN
 * messages, all that follow without them (section 3.3.5.2 of the specification).
 */
final class HandshakeSocket extends Socket {

    private final Socket socket;
    private final Packets packets;
    private ByteBuffer message = ByteBuffer.allocate(0);
    private boolean handshaking = true;

    /** Whether records wait for the end of their message: a flight of them travels in one. */
    private boolean unsent;

    HandshakeSocket(Socket socket, Packets packets) {
        this.socket = socket;
        this.packets = packets;
    }

    void handshakeIsDone() throws ConnectionLost {
        sendFlight();
        handshaking = false;
    }

    private void sendFlight() throws ConnectionLost {
        if (unsent) {
            packets.end(Packets.PRELOGIN);
            unsent = false;
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream bare = socket.getInputStream();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (!handshaking) {
                    return bare.read(bytes, offset, length);
                }
                if (!message.hasRemaining()) {
                    sendFlight();
                    message = packets.read().body();
                }
                int count = Math.min(length, message.remaining());
                message.get(bytes, offset, count);
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream bare = socket.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (handshaking) {
                    byte[] records = new byte[length];
                    System.arraycopy(bytes, offset, records, 0, length);
                    packets.write(Packets.PRELOGIN, records);
                    unsent = true;
                } else {
                    bare.write(bytes, offset, length);
                }
            }
        };
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
