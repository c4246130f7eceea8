package dev.sluice.ui.restore;

import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Sampler;
import dev.sluice.ui.common.Texts;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** How far the server's look at the sets is, with a way to stop it; there only while it looks. */
public final class LookBar extends HBox {

    private final ProgressBar bar = new ProgressBar();
    private final Label text = new Label();

    /** A bar that follows nothing yet. */
    public LookBar() {
        getStyleClass().addAll("line", "look-bar");
        setAlignment(Pos.CENTER_LEFT);
    }

    /** Follows a look. */
    void follow(LookViewModel look, Texts texts) {
        Sampler sampler = new Sampler(look::sample);
        Button stop = Nodes.button("fth-x", texts.get("restore.look.stop"), look::cancel);
        stop.getStyleClass().addAll("small", "flat");
        stop.setMinWidth(Region.USE_PREF_SIZE);
        stop.setId(getId() + "-stop");
        bar.progressProperty().bind(look.fraction());
        bar.setAccessibleText(texts.get("restore.look"));
        bar.setMinWidth(Region.USE_PREF_SIZE);
        text.textProperty().bind(look.text());
        getChildren().setAll(bar, text, stop);
        Nodes.showWhen(this, look.running());
        look.running().subscribe(running -> sample(sampler, running));
    }

    private static void sample(Sampler sampler, boolean running) {
        if (running) {
            sampler.start();
        } else {
            sampler.stop();
        }
    }
}
