package dev.sluice.ui.sidebar;

import dev.sluice.job.Listing;
import dev.sluice.job.Profile;
import dev.sluice.job.ProfileStore;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.InTurn;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The profiles in the user's order, and how each went last. The list is for reading. FX thread. */
public final class SidebarViewModel {

    private final SluiceEngine engine;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final InstantSource clock;
    private final ObservableList<ProfileRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Instant> now;
    private String problemsTold = "";

    /** An empty list, until {@link #refresh()}. */
    public SidebarViewModel(
            SluiceEngine engine,
            Background background,
            Notices notices,
            Texts texts,
            InstantSource clock) {
        this.engine = engine;
        this.background = new InTurn(background);
        this.notices = notices;
        this.texts = texts;
        this.clock = clock;
        this.now = new ReadOnlyObjectWrapper<>(clock.instant());
    }

    private record Found(Listing<Profile> profiles, List<RunRecord> runs) {}

    /** Reads the profiles and the history anew. */
    public void refresh() {
        background.run(
                () -> new Found(store().list(), engine.history().list()),
                this::show,
                notices::error);
    }

    private ProfileStore store() {
        return engine.profiles();
    }

    private void show(Found found) {
        now.set(clock.instant());
        List<ProfileRow> read =
                found.profiles().found().stream()
                        .map(profile -> ProfileRow.of(profile, found.runs()))
                        .toList();
        // unchanged lists keep their selection
        if (!rows.equals(read)) {
            rows.setAll(read);
        }
        String problems = texts.tell(found.profiles().problems());
        if (!problems.equals(problemsTold) && !problems.isEmpty()) {
            notices.error(problems);
        }
        problemsTold = problems;
    }

    /** Deletes a profile; its runs stay in the history. */
    public void delete(Profile profile) {
        background.run(
                () -> {
                    store().delete(profile.name());
                    return profile.name();
                },
                name -> done(texts.get("profiles.deleted", name)),
                notices::error);
    }

    private void done(String what) {
        notices.info(what);
        refresh();
    }

    /** Saves the same under another name, which must be free, below the first. */
    public void duplicate(Profile profile, String name) {
        List<String> order = new ArrayList<>(names());
        order.add(order.indexOf(profile.name()) + 1, name);
        background.run(
                () -> {
                    store().save(new Profile(name, profile.request()), false);
                    store().arrange(order);
                    return name;
                },
                saved -> done(texts.get("profiles.saved", saved)),
                notices::error);
    }

    /** A name for a copy that is not taken yet. */
    public String nameOfCopy(Profile profile) {
        String name = texts.get("profiles.duplicate", profile.name());
        while (has(name)) {
            name = texts.get("profiles.duplicate", name);
        }
        return name;
    }

    /**
     * Gives a profile another place.
     *
     * @param from its place now
     * @param to its place then; beyond the last means the last
     */
    public void move(int from, int to) {
        int place = Math.clamp(to, 0, rows.size() - 1);
        if (from < 0 || from >= rows.size() || from == place) {
            return;
        }
        List<ProfileRow> moved = new ArrayList<>(rows);
        moved.add(place, moved.remove(from));
        rows.setAll(moved);
        List<String> order = names();
        background.run(
                () -> {
                    store().arrange(order);
                    return order;
                },
                arranged -> {},
                failure -> {
                    notices.error(failure);
                    refresh();
                });
    }

    private List<String> names() {
        return rows.stream().map(ProfileRow::name).toList();
    }

    private boolean has(String name) {
        return names().contains(name);
    }

    /** Writes a profile to a file, which is replaced. */
    public void exportTo(Profile profile, Path file) {
        background.run(
                () -> {
                    store().exportTo(profile.name(), file, true);
                    return profile.name();
                },
                name -> notices.info(texts.get("profiles.exported", name, file)),
                notices::error);
    }

    /**
     * Takes a profile from a file, or tells what is wrong with it.
     *
     * @param mayReplace asked with the name when there is a profile of the same
     */
    public void importFrom(Path file, Predicate<String> mayReplace) {
        background.run(
                () -> store().look(file),
                found -> {
                    boolean there = has(found.name());
                    if (!there || mayReplace.test(found.name())) {
                        take(file, there);
                    }
                },
                notices::error);
    }

    private void take(Path file, boolean overwrite) {
        background.run(
                () -> store().importFrom(file, overwrite).name(),
                name -> done(texts.get("profiles.imported", name)),
                notices::error);
    }

    /** The saved profiles, in the user's order. */
    public ObservableList<ProfileRow> rows() {
        return rows;
    }

    /** The moment that ages are told for. */
    public ReadOnlyObjectProperty<Instant> now() {
        return now.getReadOnlyProperty();
    }
}
