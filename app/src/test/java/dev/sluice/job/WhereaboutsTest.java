package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.ServerFacts;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.util.Set;

class WhereaboutsTest {

    private static final Whereabouts HERE =
            new Whereabouts(
                    "backup-host-with-a-long-name.example.org",
                    Set.of(InetAddress.ofLiteral("10.0.0.5"), InetAddress.ofLiteral("::1")));

    private static ServerFacts server(
            String machine, @Nullable String serverAddress, @Nullable String clientAddress) {
        return new ServerFacts(
                machine, null, "16.0", "", "sa", true, null, null, serverAddress, clientAddress);
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER, , ",
        "OTHER, 172.17.0.2, 172.17.0.2",
        "OTHER, 10.0.0.5, 10.0.0.9",
        "BACKUP-HOST-WIT, 192.168.1.1, 192.168.1.2",
        "backup-host-with-a-long-name, 192.168.1.1, 192.168.1.2"
    })
    void knowsAServerOnThisMachine(
            String machine, @Nullable String serverAddress, @Nullable String clientAddress) {
        assertThatCode(
                        () ->
                                HERE.requireHere(
                                        "prod", server(machine, serverAddress, clientAddress)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER, 172.17.0.2, 172.17.0.1",
        "OTHER, 10.0.0.6, 10.0.0.5",
        "BACKUP-HOST, 10.0.0.6, 10.0.0.5",
        "OTHER, not an address, 10.0.0.5"
    })
    void refusesOneElsewhereBeforeAnythingIsTouched(
            String machine, String serverAddress, String clientAddress) {
        assertThatThrownBy(
                        () ->
                                HERE.requireHere(
                                        "prod", server(machine, serverAddress, clientAddress)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("prod runs on " + machine)
                .hasMessageContaining("Run Sluice there");
    }

    @Test
    void knowsThisMachineByItsName() throws Exception {
        Whereabouts own = Whereabouts.ofThisMachine();
        assertThatCode(() -> own.requireHere("prod", server(own.name(), "127.0.0.1", "127.0.0.1")))
                .doesNotThrowAnyException();
        assertThat(own.addresses()).isNotEmpty();
    }

    @Test
    void aTunnelBringsNoServerHere() {
        Whereabouts own = new Whereabouts("HERE", Whereabouts.ofThisMachine().addresses());
        assertThatThrownBy(() -> own.requireHere("prod", server("OTHER", "127.0.0.1", "127.0.0.1")))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("OTHER");
    }
}
