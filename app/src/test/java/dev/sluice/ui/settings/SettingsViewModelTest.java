package dev.sluice.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.Settings;
import dev.sluice.job.SettingsStore;
import dev.sluice.ui.SameThread;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

class SettingsViewModelTest {

    private final Path home;
    private final SettingsStore store;
    private final Notices notices = new Notices(Texts.load("en"));
    private final SettingsViewModel model;

    SettingsViewModelTest(@TempDir Path home) {
        this.home = home;
        this.store = SettingsStore.of(Folders.under(home));
        this.model = model(new SameThread());
    }

    private SettingsViewModel model(Background background) {
        return new SettingsViewModel(Settings.DEFAULT, store, background, notices, Texts.load());
    }

    @Test
    void nothingIsWrittenBeforeSomethingIsChosen() {
        assertThat(Folders.under(home).config()).doesNotExist();
    }

    @Test
    void everyChoiceCountsAtOnceAndIsKept() throws Exception {
        model.theme().set(Settings.Theme.DARK);
        model.language().set("de");
        model.backupFolder().text().set(home.toString());
        model.devices().text().set("8");
        model.overdueHours().text().set("168");
        model.historyDays().text().set("90");
        model.textPercent().set(125);
        model.silentSuccess().set(true);
        Settings chosen = new Settings(Settings.Theme.DARK, "de", home, 8, 168, 90, 125, true);
        assertThat(model.current().get()).isEqualTo(chosen);
        assertThat(store.load()).isEqualTo(chosen);
    }

    @Test
    void whatIsWrongIsToldAndDoesNotCount() throws Exception {
        model.devices().text().set("65");
        model.overdueHours().text().set("0");
        model.historyDays().text().set("never");
        model.backupFolder().text().set("backups");
        assertThat(model.devices().isGood()).isFalse();
        assertThat(model.overdueHours().isGood()).isFalse();
        assertThat(model.historyDays().isGood()).isFalse();
        assertThat(model.backupFolder().isGood()).isFalse();
        assertThat(model.current().get()).isEqualTo(Settings.DEFAULT);
        model.theme().set(Settings.Theme.LIGHT);
        assertThat(store.load().theme()).isEqualTo(Settings.Theme.LIGHT);
        assertThat(store.load().devices()).isEqualTo(Settings.DEFAULT.devices());
    }

    @Test
    void aDamagedFileIsToldAndStays() throws Exception {
        model.theme().set(Settings.Theme.DARK);
        Path file;
        try (var files = Files.list(Folders.under(home).config())) {
            file = files.findFirst().orElseThrow();
        }
        Files.writeString(file, "{");
        model.theme().set(Settings.Theme.LIGHT);
        assertThat(notices.current().get())
                .isNotNull()
                .satisfies(notice -> assertThat(notice.text()).contains(file.toString()));
        assertThat(Files.readString(file)).isEqualTo("{");
        assertThat(model.current().get().theme()).isEqualTo(Settings.Theme.LIGHT);
    }

    @Test
    void theLastChoiceIsKeptHoweverSlowTheDiskIs() throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Background later =
                new Background() {
                    @Override
                    public <T> void run(
                            Callable<T> work,
                            Consumer<? super T> done,
                            Consumer<? super Exception> failed) {
                        waiting.add(() -> new SameThread().run(work, done, failed));
                    }
                };
        SettingsViewModel slow = model(later);
        slow.textPercent().set(110);
        slow.textPercent().set(125);
        slow.textPercent().set(150);
        assertThat(waiting).hasSize(1);
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
        assertThat(store.load().textPercent()).isEqualTo(150);
    }
}
