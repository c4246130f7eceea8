package dev.sluice.ui.sidebar;

import dev.sluice.job.Listing;
import dev.sluice.job.Profile;
import dev.sluice.job.SluiceEngine;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.List;

/** The profiles there are. The list is for reading. FX thread. */
public final class SidebarViewModel {

    private final SluiceEngine engine;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final ObservableList<Profile> profiles = FXCollections.observableArrayList();

    /** An empty list, until {@link #refresh()}. */
    public SidebarViewModel(
            SluiceEngine engine, Background background, Notices notices, Texts texts) {
        this.engine = engine;
        this.background = background;
        this.notices = notices;
        this.texts = texts;
    }

    /** Reads the profiles anew. */
    public void refresh() {
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
                    refresh();
                },
                notices::error);
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

    /** The saved profiles. */
    public ObservableList<Profile> profiles() {
        return profiles;
    }
}
