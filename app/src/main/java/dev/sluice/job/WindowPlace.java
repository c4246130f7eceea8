package dev.sluice.job;

import java.util.List;

/**
 * Where the window was, in the coordinates of the desktop.
 *
 * @param maximised whether it filled its screen; the rest is the place it would return to
 */
public record WindowPlace(double x, double y, double width, double height, boolean maximised) {

    /** What must be on a screen so that a window can be seen and moved. */
    private static final double GRIP = 100;

    /** A screen, or the part of it that windows may cover. */
    public record Area(double x, double y, double width, double height) {}

    /**
     * The same place, or, when no screen is there any more, one in the middle of the first screen
     * and no larger than it.
     *
     * @param screens those there are now, the main one first; at least one
     */
    public WindowPlace broughtBack(List<Area> screens) {
        if (screens.stream().anyMatch(this::isReachableOn)) {
            return this;
        }
        Area main = screens.getFirst();
        double fittingWidth = Math.min(width, main.width());
        double fittingHeight = Math.min(height, main.height());
        return new WindowPlace(
                main.x() + (main.width() - fittingWidth) / 2,
                main.y() + (main.height() - fittingHeight) / 2,
                fittingWidth,
                fittingHeight,
                maximised);
    }

    // the title bar is at the top: it must not be above the screen, or below it
    private boolean isReachableOn(Area screen) {
        double left = Math.max(x, screen.x());
        double right = Math.min(x + width, screen.x() + screen.width());
        return right - left >= GRIP && y >= screen.y() && y <= screen.y() + screen.height() - GRIP;
    }
}
