package dev.sluice.ui.notify;

/**
 * Where there are none.
 *
 * @param why a clause
 */
record NoNotifications(String why) implements Notifications {

    @Override
    public void tell(String text, boolean wrong) throws NotificationException {
        throw new NotificationException("this desktop shows no notifications: " + why, null);
    }

    @Override
    public void clear() {
        // nothing was shown
    }
}
