package dev.sluice.tds;

import java.io.IOException;

/** The other end has gone, or this one was told to: no defect, whatever the reason. */
final class ConnectionLost extends IOException {

    private static final long serialVersionUID = 1L;

    ConnectionLost(String message) {
        super(message);
    }

    ConnectionLost(IOException cause) {
        super(cause);
    }
}
