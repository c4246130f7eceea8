package dev.sluice.ui.common;

import javafx.scene.control.Labeled;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

import java.util.List;

/** The widths of a table's columns. FX thread. */
public final class Columns {

    /** The size of texts, in pixels, that the widths in FXML are meant for. */
    private static final double USUAL = 13;

    /** So much smaller are the heads, and so much is left free beside them: see the stylesheet. */
    private static final double HEAD_SCALE = 0.92;

    private static final double HEAD_PADDING = 17;

    /** A bar to scroll down, at the usual size. */
    private static final double SCROLL_BAR = 12;

    private Columns() {}

    /**
     * Has the columns be as wide, in letters, whatever the size of the texts, and each at least as
     * wide as its head in the language of the window. Where they do not fit beside each other, some
     * give way, and where that does not help, the table scrolls.
     *
     * @param text anything that is written in the size of the table's texts
     * @param givingWay those whose values are told elsewhere, too; the first goes first
     */
    public static void growWithTexts(
            TableView<?> table, Labeled text, TableColumn<?, ?>... givingWay) {
        List<Width> widths = table.getColumns().stream().map(Width::of).toList();
        List<TableColumn<?, ?>> dispensable = List.of(givingWay);
        Runnable fit =
                () -> {
                    double scale = text.getFont().getSize() / USUAL;
                    fit(table, widths, dispensable, scale);
                };
        text.fontProperty().subscribe((Font font) -> fit.run());
        table.widthProperty().subscribe(fit);
    }

    private static void fit(
            TableView<?> table,
            List<Width> widths,
            List<TableColumn<?, ?>> dispensable,
            double scale) {
        double room = table.getWidth() / scale - SCROLL_BAR;
        double least = widths.stream().mapToDouble(Width::least).sum();
        boolean isMeasured = table.getWidth() > 0;
        for (TableColumn<?, ?> column : dispensable) {
            boolean goes = isMeasured && least > room;
            column.setVisible(!goes);
            if (goes) {
                least -= Width.of(column, widths).least();
            }
        }
        boolean isTooNarrow = isMeasured && least > room;
        widths.forEach(width -> width.apply(scale, isTooNarrow));
        table.setColumnResizePolicy(
                isTooNarrow
                        ? TableView.UNCONSTRAINED_RESIZE_POLICY
                        : TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    }

    /** A column's widths as they are in FXML, its least one enough for its head. */
    private record Width(TableColumn<?, ?> column, double least, double preferred, double most) {

        static Width of(TableColumn<?, ?> column) {
            Text head = new Text(column.getText());
            head.setFont(Font.font(USUAL * HEAD_SCALE));
            double least =
                    Math.max(
                            column.getMinWidth(),
                            Math.ceil(head.getLayoutBounds().getWidth()) + HEAD_PADDING);
            return new Width(
                    column,
                    least,
                    Math.max(least, column.getPrefWidth()),
                    Math.max(least, column.getMaxWidth()));
        }

        static Width of(TableColumn<?, ?> column, List<Width> widths) {
            return widths.stream()
                    .filter(width -> width.column() == column)
                    .findFirst()
                    .orElseThrow();
        }

        void apply(double scale, boolean isLeast) {
            column.setMaxWidth(most * scale);
            column.setMinWidth(least * scale);
            column.setPrefWidth((isLeast ? least : preferred) * scale);
        }
    }
}
