package dev.sluice.ui.notify;

import org.jspecify.annotations.Nullable;

import java.awt.AWTError;
import java.awt.AWTException;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.TrayIcon.MessageType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Objects;

import javax.imageio.ImageIO;

/**
 * The notifications of Windows: balloons of an icon in the tray, which is there only as long as a
 * balloon may be. AWT is started by the first one.
 */
final class TrayNotifications implements Notifications {

    private static final String PROGRAM = "Sluice";
    private static final String MARK = "/dev/sluice/ui/icons/sluice-32.png";

    private @Nullable TrayIcon icon;

    @Override
    public synchronized void tell(String text, boolean wrong) throws NotificationException {
        try {
            TrayIcon shown = icon == null ? addIcon() : icon;
            icon = shown;
            shown.displayMessage(PROGRAM, text, wrong ? MessageType.ERROR : MessageType.INFO);
        } catch (AWTException | AWTError | IOException | RuntimeException e) {
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

    private static TrayIcon addIcon() throws AWTException, IOException {
        TrayIcon icon = new TrayIcon(mark(), PROGRAM);
        icon.setImageAutoSize(true);
        SystemTray.getSystemTray().add(icon);
        return icon;
    }

    static BufferedImage mark() throws IOException {
        return ImageIO.read(
                Objects.requireNonNull(
                        TrayNotifications.class.getResource(MARK), "the build left out " + MARK));
    }
}
