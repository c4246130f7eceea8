package dev.sluice.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Profile;
import dev.sluice.job.Triggers;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class TriggerWordsTest {

    private final Texts german = Texts.load("de");

    @Test
    void whatTheHistoryKeepsIsTheSameInEveryLanguageAndIsTranslatedWhenItIsShown() {
        assertThat(TriggerWords.started(Triggers.WINDOW, german)).isEqualTo("Fenster");
        assertThat(TriggerWords.started(Triggers.COMMAND_LINE, german)).isEqualTo("Befehlszeile");
        Profile profile = new Profile("nachts, alles", request());
        assertThat(TriggerWords.started(profile.trigger(), german))
                .isEqualTo("Profil „nachts, alles“");
        assertThat(TriggerWords.started(profile.windowTrigger(), german))
                .isEqualTo("Fenster, Profil „nachts, alles“");
    }

    @Test
    void whoeverIsNotKnownHereIsNamedAsHeNamedHimself() {
        assertThat(TriggerWords.started("SQL Server Agent", german)).isEqualTo("SQL Server Agent");
    }

    private static BackupRequest request() {
        return new BackupRequest(
                "embedded",
                "Sales",
                BackupType.FULL,
                false,
                true,
                Path.of("/backups"),
                1,
                TransferOptions.DEFAULT,
                0);
    }
}
