package dev.sluice.ui;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well a colour stands out from another, as WCAG 2.2 computes it (section 1.4.3), and which
 * texts and icons of a window do not.
 */
final class Contrast {

    /** The least that texts need (level AA). */
    static final double OF_TEXT = 4.5;

    /** The least that icons and parts of charts need (section 1.4.11). */
    static final double OF_SHAPES = 3;

    private Contrast() {}

    /** From 1, the same, to 21, black on white. */
    static double of(Color one, Color other) {
        double brighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (brighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed())
                + 0.7152 * linear(color.getGreen())
                + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    /** A colour seen through one that may let it through. */
    static Color over(Color above, Color below) {
        double opacity = above.getOpacity();
        return Color.color(
                above.getRed() * opacity + below.getRed() * (1 - opacity),
                above.getGreen() * opacity + below.getGreen() * (1 - opacity),
                above.getBlue() * opacity + below.getBlue() * (1 - opacity));
    }

    /** The texts and icons on the screen that do not stand out; disabled ones need not. */
    static List<String> faintTexts(Parent root) {
        List<String> faint = new ArrayList<>();
        look(root, Color.WHITE, 1, faint);
        return faint;
    }

    private static void look(Node node, Color around, double opacity, List<String> faint) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        double seen = opacity * node.getOpacity();
        if (node instanceof Text text) {
            check(text, around, seen, faint);
        }
        if (node instanceof Parent parent) {
            Color below = node instanceof Region region ? background(region, around) : around;
            parent.getChildrenUnmodifiable().forEach(child -> look(child, below, seen, faint));
        }
    }

    private static Color background(Region region, Color around) {
        Color shown = around;
        if (region.getBackground() != null) {
            for (BackgroundFill fill : region.getBackground().getFills()) {
                shown = fill.getFill() instanceof Color color ? over(color, shown) : shown;
            }
        }
        return shown;
    }

    private static void check(Text text, Color around, double opacity, List<String> faint) {
        if (text.getText().isBlank() || !(text.getFill() instanceof Color fill)) {
            return;
        }
        Color shown = over(fill.deriveColor(0, 1, 1, opacity), around);
        double contrast = of(shown, around);
        if (contrast < (text instanceof FontIcon ? OF_SHAPES : OF_TEXT)) {
            faint.add(
                    String.format(
                            Locale.ROOT,
                            "%.1f: \"%s\" %s on %s, in %s",
                            contrast,
                            text.getText(),
                            shown,
                            around,
                            text.getParent()));
        }
    }
}
