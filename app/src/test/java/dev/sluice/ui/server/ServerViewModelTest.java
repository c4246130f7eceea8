package dev.sluice.ui.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.AddedServers;
import dev.sluice.job.Folders;
import dev.sluice.job.ServerDefinition;
import dev.sluice.secret.SecretStores;
import dev.sluice.sql.mssql.LoginKind;
import dev.sluice.ui.SameThread;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

@SuppressWarnings("NullAway.Init") // made before each test
class ServerViewModelTest {

    @TempDir private Path home;
    private final AtomicInteger changes = new AtomicInteger();
    private AddedServers servers;
    private ServerViewModel form;

    @BeforeEach
    void open() {
        servers =
                new AddedServers(
                        Folders.under(home),
                        SecretStores.ofThisMachine(home, Map.of()),
                        () -> {
                            throw new UnsupportedOperationException();
                        });
        form =
                new ServerViewModel(
                        servers,
                        new SameThread(),
                        new Notices(Texts.load("en")),
                        Texts.load(),
                        changes::incrementAndGet);
    }

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void whatIsWrongIsToldAtItsField() {
        form.name().text().set("embedded");
        form.host().text().set("sql 01");
        form.port().text().set("70000");
        form.fingerprint().text().set("5E:0B");
        assertThat(form.name().error().get()).contains("Sluice brings along");
        assertThat(form.host().error().get()).contains("no host");
        assertThat(form.port().error().get()).contains("65,535");
        assertThat(form.fingerprint().error().get()).contains("no SHA-256 fingerprint");
        assertThat(form.user().error().get()).as("nobody was there yet").isEmpty();
        form.user().touch();
        assertThat(form.user().error().get()).contains("needs a user name");
        form.clear();
        assertThat(form.host().error().get()).isEmpty();
        assertThat(form.user().error().get()).isEmpty();
        assertThat(form.good().get()).isFalse();
        assertThat(form.definition()).isEmpty();
    }

    @Test
    void aPortAndAnInstanceContradictEachOther() {
        form.port().text().set("1433");
        form.instance().text().set("DEV");
        assertThat(form.instance().error().get()).contains("give one of them");
    }

    @Test
    void aServerIsAddedChangedAndRemoved() {
        form.name().text().set("prod");
        form.host().text().set("sql01");
        form.user().text().set("backup_operator");
        assertThat(form.secretKeepable().get()).isTrue();
        form.save(form.definition().orElseThrow(), null, () -> {});
        assertThat(servers.list().found())
                .extracting(ServerDefinition::name)
                .containsExactly("prod");
        form.clear();
        form.open("prod", () -> {});
        assertThat(form.existing().get()).isTrue();
        form.user().text().set("");
        form.login().set(LoginKind.WINDOWS);
        form.save(form.definition().orElseThrow(), null, () -> {});
        assertThat(servers.list().found().getFirst().connection().login().kind())
                .isEqualTo(LoginKind.WINDOWS);
        form.remove(() -> {});
        assertThat(servers.list().found()).isEmpty();
        assertThat(changes).hasValue(3);
    }
}
