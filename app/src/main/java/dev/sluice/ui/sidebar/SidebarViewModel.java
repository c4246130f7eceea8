package dev.sluice.ui.sidebar;

import dev.sluice.job.Listing;
import dev.sluice.job.Profile;
import dev.sluice.job.SluiceEngine;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.List;

/** The databases and profiles there are. The lists are for reading. FX thread. */
public final class SidebarViewModel {

    private final SluiceEngine engine;
    private final DatabaseLister lister;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final ObservableList<DatabaseRow> databases = FXCollections.observableArrayList();
    private final ObservableList<Profile> profiles = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    /** Empty lists, until {@link #refresh()}. */
    public SidebarViewModel(
            SluiceEngine engine, Background background, Notices notices, Texts texts) {
        this.engine = engine;
        this.lister = new DatabaseLister(engine);
        this.background = background;
        this.notices = notices;
        this.texts = texts;
    }

    /** Reads both lists anew. */
    public void refresh() {
        background.run(lister::list, this::showDatabases, this::databasesFailed);
        refreshProfiles();
    }

    /** Reads the profiles anew. */
    public void refreshProfiles() {
        background.run(engine.profiles()::list, this::showProfiles, notices::error);
    }

    /** Deletes a profile; its runs stay in the history. */
    public void delete(Profile profile) {
        background.run(
                () -> {
                    engine.profiles().delete(profile.name());
                    return profile.name();
                },
                name -> {
                    notices.info(texts.get("profiles.deleted", name));
                    refreshProfiles();
                },
                notices::error);
    }

    private void showDatabases(List<DatabaseRow> rows) {
        problem.set("");
        replace(databases, rows);
    }

    private void databasesFailed(Exception failure) {
        problem.set(Notices.message(failure));
        databases.clear();
    }

    private void showProfiles(Listing<Profile> listing) {
        replace(profiles, listing.found());
        if (!listing.problems().isEmpty()) {
            notices.error(String.join("\n", listing.problems()));
        }
    }

    // unchanged lists keep their selection
    private static <T> void replace(ObservableList<T> shown, List<T> now) {
        if (!shown.equals(now)) {
            shown.setAll(now);
        }
    }

    /** The databases of all servers. */
    public ObservableList<DatabaseRow> databases() {
        return databases;
    }

    /** The saved profiles. */
    public ObservableList<Profile> profiles() {
        return profiles;
    }

    /** Why the databases cannot be listed; empty when they can. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }
}
