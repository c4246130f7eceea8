package dev.sluice.ui.backup;

import dev.sluice.sql.DatabaseInfo;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which databases of which server to back up. The lists are for reading. FX thread. */
public final class DatabasesModel {

    /**
     * A database to choose.
     *
     * @param server name of its server
     * @param info as the server lists it
     */
    public record Database(String server, DatabaseInfo info) {

        String name() {
            return info.name();
        }

        DatabaseInfo.State state() {
            return info.state();
        }
    }

    /** A database in the list, chosen or not. */
    public static final class Item {

        private final String name;
        private final DatabaseInfo.@Nullable State state;
        private final BooleanProperty chosen = new SimpleBooleanProperty();

        private Item(String name, DatabaseInfo.@Nullable State state) {
            this.name = name;
            this.state = state;
        }

        /** Its name. */
        public String name() {
            return name;
        }

        /** Its state; null when the server does not list it now. */
        public DatabaseInfo.@Nullable State state() {
            return state;
        }

        /** Whether it is to be backed up. */
        public BooleanProperty chosen() {
            return chosen;
        }
    }

    private List<Database> all = List.of();
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private boolean begun;
    private final ObservableList<String> servers = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable String> server = new SimpleObjectProperty<>();
    private final StringProperty search = new SimpleStringProperty("");
    private final ObservableList<Item> shown = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<List<String>> chosen =
            new ReadOnlyObjectWrapper<>(List.of());

    DatabasesModel() {
        server.addListener(
                (observed, before, now) -> {
                    names.clear();
                    list();
                });
        search.addListener(changed -> filter());
    }

    /**
     * Shows what there is now. What was chosen stays so, even where it is gone; the first time, a
     * database that can be used is chosen.
     */
    public void show(List<Database> now) {
        if (all.equals(now)) {
            return;
        }
        all = List.copyOf(now);
        Optional<Database> first =
                all.stream().filter(one -> one.state() == DatabaseInfo.State.ONLINE).findFirst();
        if (!begun && first.isPresent()) {
            choose(first.get().server(), List.of(first.get().name()));
        } else {
            list();
        }
    }

    /** Chooses these and no others. */
    public void choose(String of, List<String> databases) {
        begun = true;
        search.set("");
        server.set(of);
        names.clear();
        names.addAll(databases);
        list();
    }

    /** Chooses those that are shown, besides those that are chosen already. */
    public void chooseShown() {
        shown.forEach(item -> item.chosen.set(true));
    }

    /** Chooses none. */
    public void chooseNone() {
        List.copyOf(items.values()).forEach(item -> item.chosen.set(false));
    }

    private void list() {
        String of = server.get();
        Map<String, DatabaseInfo.@Nullable State> now = new LinkedHashMap<>();
        all.stream()
                .filter(database -> database.server().equals(of))
                .forEach(database -> now.put(database.name(), database.state()));
        names.forEach(name -> now.putIfAbsent(name, null));
        items.keySet().retainAll(now.keySet());
        List<Item> listed = new ArrayList<>();
        now.forEach((name, state) -> listed.add(item(name, state)));
        items.clear();
        listed.forEach(item -> items.put(item.name(), item));
        showServers(of);
        filter();
        publish();
    }

    // one that is as it was stays, and with it the focus
    private Item item(String name, DatabaseInfo.@Nullable State state) {
        Item before = items.get(name);
        Item item = before != null && before.state == state ? before : new Item(name, state);
        item.chosen.set(names.contains(name));
        if (item != before) {
            item.chosen.addListener((observed, was, is) -> mark(name, is));
        }
        return item;
    }

    private void mark(String name, boolean wanted) {
        boolean changed = wanted ? names.add(name) : names.remove(name);
        if (changed) {
            publish();
        }
    }

    private void publish() {
        chosen.set(List.copyOf(names));
    }

    private void showServers(@Nullable String of) {
        Set<String> known = new LinkedHashSet<>(all.stream().map(Database::server).toList());
        if (of != null) {
            known.add(of);
        }
        replace(servers, List.copyOf(known));
    }

    private void filter() {
        String part = search.get().strip().toLowerCase(Locale.ROOT);
        replace(
                shown,
                items.values().stream()
                        .filter(item -> item.name.toLowerCase(Locale.ROOT).contains(part))
                        .toList());
    }

    // unchanged lists keep their selection
    private static <T> void replace(ObservableList<T> shown, List<T> now) {
        if (!Objects.equals(shown, now)) {
            shown.setAll(now);
        }
    }

    /** The servers that answered. */
    public ObservableList<String> servers() {
        return servers;
    }

    /** The server whose databases are listed; null as long as there is none. */
    public ObjectProperty<@Nullable String> server() {
        return server;
    }

    /** A part of the names of the databases to show. */
    public StringProperty search() {
        return search;
    }

    /** The databases of the server that are looked for. */
    public ObservableList<Item> shown() {
        return shown;
    }

    /** The names of those to back up, in the order they were chosen. */
    public ReadOnlyObjectProperty<List<String>> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /** What the server lists of those that are chosen; not of those that it does not list. */
    List<DatabaseInfo> chosenInfos() {
        return all.stream()
                .filter(one -> one.server().equals(server.get()) && names.contains(one.name()))
                .map(Database::info)
                .toList();
    }

    /** How many databases the server has. */
    int size() {
        return items.size();
    }
}
