package dev.sluice.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows with aligned columns; a column whose title begins with a blank is aligned right. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> titles;

    TextTable(String... titles) {
        this.titles = List.of(titles);
        rows.add(this.titles.stream().map(String::strip).toList());
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print(PrintWriter out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(cell(row.get(column), column)).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private String cell(String text, int column) {
        int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        String space = " ".repeat(width - text.length());
        return titles.get(column).startsWith(" ") ? space + text : text + space;
    }
}
