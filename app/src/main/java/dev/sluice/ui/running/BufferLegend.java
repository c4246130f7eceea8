package dev.sluice.ui.running;

import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;
import dev.sluice.vdi.DeviceSetObservation.Holder;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The legend of the buffer map: each holder as the map draws it, with its count. FX thread. */
public final class BufferLegend extends FlowPane {

    private final Map<Holder, Label> entries = new EnumMap<>(Holder.class);

    /** An empty legend. */
    public BufferLegend() {
        getStyleClass().add("buffer-legend");
        setAlignment(Pos.CENTER_LEFT);
    }

    /** Shows how many buffers each of the known holders has. */
    public void show(List<Holder> buffers, Set<Holder> known, Texts texts) {
        for (Holder holder : Holder.values()) {
            Label entry = entry(holder);
            int count = Collections.frequency(buffers, holder);
            entry.setText(texts.of("buffers.holder", holder, count));
            Nodes.show(entry, known.contains(holder));
        }
    }

    /** The whole legend as one text. */
    String summary() {
        return entries.values().stream()
                .filter(Label::isVisible)
                .map(Label::getText)
                .collect(Collectors.joining(", "));
    }

    private Label entry(Holder holder) {
        return entries.computeIfAbsent(holder, this::newEntry);
    }

    private Label newEntry(Holder holder) {
        BufferMap sample = new BufferMap();
        sample.getStyleClass().add("buffer-sample");
        sample.show(List.of(holder));
        Label label = new Label("", sample);
        label.getStyleClass().add("number");
        getChildren().add(label);
        return label;
    }
}
