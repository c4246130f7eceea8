package dev.sluice.ui.home;

import dev.sluice.ui.common.Texts;
import dev.sluice.ui.home.HomeItem.ServerHead;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.ListCell;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.Consumer;

/** A line of the list. */
final class HomeCell extends ListCell<HomeItem> {

    private final ServerLine server;
    private final DatabaseLine database;
    private final ObservableValue<Instant> now;

    HomeCell(
            Texts texts,
            HomeViewModel model,
            HomeController.Choices choices,
            Consumer<ServerHead> onSignIn) {
        this.server = new ServerLine(texts, model::isAdded, onSignIn, choices::editServer);
        this.database = new DatabaseLine(texts, choices);
        this.now = model.now();
        getStyleClass().add("home-cell");
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable HomeItem item, boolean empty) {
        super.updateItem(item, empty);
        switch (empty ? null : item) {
            case null -> {
                setGraphic(null);
                setAccessibleText(null);
            }
            case ServerHead head -> {
                server.show(head);
                setGraphic(server);
                setAccessibleText(server.words());
            }
            case DatabaseRow row -> {
                database.show(row, now.getValue());
                setGraphic(database);
                setAccessibleText(database.words());
            }
        }
    }
}
