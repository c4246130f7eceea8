package dev.sluice.ui;

import dev.sluice.ui.notify.Notifications;

/** Disturbs nobody who runs the tests. */
final class QuietDesktop implements Notifications {

    @Override
    public void tell(String text, boolean wrong) {
        // nobody looks
    }

    @Override
    public void clear() {
        // nothing was shown
    }
}
