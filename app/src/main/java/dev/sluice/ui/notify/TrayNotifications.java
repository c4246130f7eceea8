package dev.sluice.ui.notify;

import org.jspecify.annotations.Nullable;

import java.awt.AWTError;
import java.awt.AWTException;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.TrayIcon.MessageType;
import java.awt.image.BufferedImage;

/**
 * The notifications of Windows: balloons of an icon in the tray, which is there only as long as a
 * balloon may be. AWT is started by the first one.
 */
final class TrayNotifications implements Notifications {

    private static final String PROGRAM = "Sluice";

    private @Nullable TrayIcon icon;

    @Override
    public synchronized void tell(String text, boolean wrong) throws NotificationException {
        try {
            TrayIcon shown = icon == null ? addIcon() : icon;
            icon = shown;
            shown.displayMessage(PROGRAM, text, wrong ? MessageType.ERROR : MessageType.INFO);
        } catch (AWTException | AWTError | RuntimeException e) {
            throw new NotificationException("the tray shows no notification: " + e, e);
        }
    }

    @Override
    public synchronized void clear() {
        if (icon != null) {
            SystemTray.getSystemTray().remove(icon);
            icon = null;
        }
    }

    private static TrayIcon addIcon() throws AWTException {
        SystemTray tray = SystemTray.getSystemTray();
        Dimension size = tray.getTrayIconSize();
        TrayIcon icon = new TrayIcon(mark(size.width, size.height), PROGRAM);
        tray.add(icon);
        return icon;
    }

    /** The gate of the mark, in the few pixels a tray has. */
    private static Image mark(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(0x123a5a));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(new Color(0xffb454));
        for (int bar = 1; bar < 8; bar += 2) {
            graphics.fillRect(width / 8, height * bar / 8, width - width / 4, height / 8);
        }
        graphics.dispose();
        return image;
    }
}
