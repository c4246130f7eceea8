package dev.sluice.ui.notify;

import org.jspecify.annotations.Nullable;

/** The desktop shows no notification; the message says why. */
public final class NotificationException extends Exception {

    private static final long serialVersionUID = 1;

    NotificationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
