package dev.sluice.ui.running;

import dev.sluice.job.BufferUse;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The legend of the buffer map: each use as the map draws it, with its count. FX thread. */
public final class BufferLegend extends FlowPane {

    private final Map<BufferUse, Label> entries = new EnumMap<>(BufferUse.class);
    private final Map<BufferUse, Integer> counts = new EnumMap<>(BufferUse.class);

    /** An empty legend. */
    public BufferLegend() {
        getStyleClass().add("buffer-legend");
        setAlignment(Pos.CENTER_LEFT);
    }

    /** Shows how many buffers there are of each use that can be told, though there be none. */
    public void show(List<BufferUse> buffers, Set<BufferUse> told, Texts texts) {
        for (BufferUse use : BufferUse.values()) {
            Label entry = entry(use);
            Integer count = Collections.frequency(buffers, use);
            if (!count.equals(counts.put(use, count))) {
                entry.setText(texts.of("buffers.use", use, count));
            }
            Nodes.show(entry, told.contains(use));
        }
    }

    /** The whole legend as one text. */
    String summary() {
        return entries.values().stream()
                .filter(Label::isVisible)
                .map(Label::getText)
                .collect(Collectors.joining(", "));
    }

    private Label entry(BufferUse use) {
        return entries.computeIfAbsent(use, this::newEntry);
    }

    private Label newEntry(BufferUse use) {
        BufferMap sample = new BufferMap();
        sample.getStyleClass().add("buffer-sample");
        sample.show(List.of(use));
        Label label = new Label("", sample);
        label.getStyleClass().add("number");
        getChildren().add(label);
        return label;
    }
}
