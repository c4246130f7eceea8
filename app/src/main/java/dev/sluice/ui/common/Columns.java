package dev.sluice.ui.common;

import javafx.scene.control.Labeled;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.text.Font;

import java.util.List;

/** The widths of a table's columns. FX thread. */
public final class Columns {

    /** The size of texts, in pixels, that the widths in FXML are meant for. */
    private static final double USUAL = 13;

    private Columns() {}

    /**
     * Has the columns be as wide, in letters, whatever the size of the texts. Where they do not fit
     * beside each other any more, the table scrolls.
     *
     * @param text anything that is written in the size of the table's texts
     */
    public static void growWithTexts(TableView<?> table, Labeled text) {
        List<Width> widths = table.getColumns().stream().map(Width::of).toList();
        Runnable fit =
                () -> {
                    double scale = text.getFont().getSize() / USUAL;
                    double least = widths.stream().mapToDouble(Width::least).sum() * scale;
                    boolean isTooNarrow = table.getWidth() > 0 && least > table.getWidth();
                    widths.forEach(width -> width.apply(scale, isTooNarrow));
                    table.setColumnResizePolicy(
                            isTooNarrow
                                    ? TableView.UNCONSTRAINED_RESIZE_POLICY
                                    : TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
                };
        text.fontProperty().subscribe((Font font) -> fit.run());
        table.widthProperty().subscribe(fit);
    }

    /** A column's widths as they are in FXML. */
    private record Width(TableColumn<?, ?> column, double least, double preferred, double most) {

        static Width of(TableColumn<?, ?> column) {
            return new Width(
                    column, column.getMinWidth(), column.getPrefWidth(), column.getMaxWidth());
        }

        void apply(double scale, boolean isLeast) {
            column.setMaxWidth(most * scale);
            column.setMinWidth(least * scale);
            column.setPrefWidth((isLeast ? least : preferred) * scale);
        }
    }
}
