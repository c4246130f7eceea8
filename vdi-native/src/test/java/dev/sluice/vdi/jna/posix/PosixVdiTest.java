package dev.sluice.vdi.jna.posix;

import static dev.sluice.vdi.conformance.Rig.assertStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.jna.Function;
import com.sun.jna.Platform;

import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.Doubles;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The client's side of libsqlvdi.so alone, against the double; a server is not needed here. */
class PosixVdiTest {

    private static final int GROUP_ALLOWED = 0007;

    /** The mask of a careful user, which is none that this product sets. */
    private static final int CAREFUL = 0077;

    private final DoubleControl control = DoubleControl.of(Doubles.posixLibrary());
    private final ClientDeviceSet set;
    private final String name = UUID.randomUUID().toString();
    private final int maskBefore = umask(CAREFUL);

    PosixVdiTest() throws NativeVdiException {
        set = PosixVdi.open(Doubles.posixLibrary()).newDeviceSet();
    }

    private void create() throws VdiException {
        set.create(null, name, DeviceSetConfiguration.request(1, 0));
    }

    @BeforeEach
    void forget() {
        control.reset();
    }

    @AfterEach
    void nothingIsBrokenAndNothingIsLeft() {
        assertThat(umask(maskBefore)).as("the mask").isEqualTo(CAREFUL);
        assertThat(control.violations()).isEmpty();
        for (String balance : new String[] {"sets", "references", "mappings", "files"}) {
            assertThat(control.counter(balance)).as(balance).isZero();
        }
    }

    @Test
    void aSetIsCreatedAbortedAndClosed() throws VdiException {
        create();
        assertThat(control.counter("sets")).isEqualTo(1);
        assertThat(set.getConfiguration(0)).isNull();
        set.signalAbort();
        assertStatus(VdiStatus.ABORT, () -> set.getConfiguration(-1));
        assertStatus(VdiStatus.ABORT, () -> set.openDevice(name));
        set.close();
        assertStatus(VdiStatus.PROTOCOL, set::close);
    }

    @Test
    void theObjectCreatesAgainAfterClose() throws VdiException {
        create();
        set.signalAbort();
        set.close();
        create();
        assertThat(set.getConfiguration(1)).isNull();
        set.close();
    }

    @Test
    void anAbortCallsOutAThreadThatWaitsForTheConfiguration() throws VdiException {
        create();
        Running<@Nullable Object> wait =
                Running.<@Nullable Object>start("wait", () -> set.getConfiguration(-1))
                        .untilBlocked();
        set.signalAbort();
        assertThat(wait.status()).isEqualTo(VdiStatus.ABORT);
        set.close();
    }

    @Test
    void closeCallsOutAThreadThatWaitsForTheConfiguration() throws VdiException {
        create();
        Running<@Nullable Object> wait =
                Running.<@Nullable Object>start("wait", () -> set.getConfiguration(60_000))
                        .untilBlocked();
        set.close();
        assertThat(wait.status()).isEqualTo(VdiStatus.ABORT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTimeOutIsKeptWhateverTheLibrarysUnit(boolean seconds) throws VdiException {
        control.setTimeOutsInSeconds(seconds);
        create();
        long start = System.nanoTime();
        assertThat(set.getConfiguration(1500)).isNull();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        // how exactly is NativeWaitsTest's matter; the wrong unit would be 1500 seconds
        assertThat(millis).isBetween(1500L, 20_000L);
        set.close();
    }

    @Test
    void createLetsTheGroupInAndTheMaskIsAsBefore() throws VdiException {
        create();
        assertThat(control.counter("umask_at_create")).isEqualTo(GROUP_ALLOWED);
        assertThat(control.counter("group_may_access")).isEqualTo(1);
        assertThat(umask(CAREFUL)).isEqualTo(CAREFUL);
        set.close();
    }

    @Test
    void whatOpenDeviceOrOpenInSecondaryMakesIsOpenToTheGroupAndTheMaskIsAsBefore()
            throws VdiException {
        create();
        assertStatus(VdiStatus.PROTOCOL, () -> set.openDevice(name));
        assertThat(control.counter("umask_at_open")).isEqualTo(GROUP_ALLOWED);
        assertThat(umask(CAREFUL)).isEqualTo(CAREFUL);
        set.close();
        control.reset();
        assertStatus(VdiStatus.PROTOCOL, () -> set.openInSecondary(null, name));
        assertThat(control.counter("umask_at_open")).isEqualTo(GROUP_ALLOWED);
        assertThat(umask(CAREFUL)).isEqualTo(CAREFUL);
    }

    @Test
    void aFailedCreateRestoresTheMask() {
        control.failNext("Create", VdiStatus.MEMORY.hresult());
        assertStatus(VdiStatus.MEMORY, this::create);
        assertThat(umask(CAREFUL)).isEqualTo(CAREFUL);
    }

    @Test
    void theLastToLeaveRestoresTheMask() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Running<Integer> slow =
                Running.start(
                        "slow",
                        () ->
                                Umask.allowingTheGroup(
                                        () -> {
                                            inside.countDown();
                                            Running.await(release);
                                            return umask(GROUP_ALLOWED);
                                        }));
        Running.await(inside);
        assertThat(Umask.allowingTheGroup(() -> umask(GROUP_ALLOWED))).isEqualTo(GROUP_ALLOWED);
        release.countDown();
        assertThat(slow.result()).isEqualTo(GROUP_ALLOWED);
        assertThat(umask(CAREFUL)).isEqualTo(CAREFUL);
    }

    /** Sets the mask and returns the one before. */
    private static int umask(int mask) {
        return Function.getFunction(Platform.C_LIBRARY_NAME, "umask")
                .invokeInt(new Object[] {mask});
    }

    @Test
    void aFailedCreateLeavesNothing() throws VdiException {
        control.failNext("Create", VdiStatus.SECURITY.hresult());
        assertThatExceptionOfType(VdiException.class)
                .isThrownBy(this::create)
                .withMessageContaining("VD_E_SECURITY");
        assertThat(control.counter("references")).isZero();
        create();
        set.close();
    }

    @Test
    void anInstanceAndANameThatIsNotAsciiAreRefusedBeforeTheLibraryIsCalled() throws VdiException {
        DeviceSetConfiguration one = DeviceSetConfiguration.request(1, 0);
        assertThatExceptionOfType(VdiException.class)
                .isThrownBy(() -> set.create("SQLEXPRESS", name, one))
                .withMessageContaining("VD_E_INSTANCE_NAME")
                .withMessageContaining("no instance \"SQLEXPRESS\"");
        assertThatExceptionOfType(VdiException.class)
                .isThrownBy(() -> set.create(null, "Schlüssel", one))
                .withMessageContaining("VD_E_INVALID")
                .withMessageContaining("ASCII");
        assertStatus(VdiStatus.INVALID, () -> set.create(null, "a\0b", one));
        set.create("", name, one);
        assertStatus(VdiStatus.INVALID, () -> set.openDevice("Schlüssel"));
        set.close();
    }

    @Test
    void twoSetsOfOneNameAreRefusedByTheLibrary() throws VdiException, NativeVdiException {
        create();
        ClientDeviceSet other = PosixVdi.open(Doubles.posixLibrary()).newDeviceSet();
        assertStatus(
                VdiStatus.PROTOCOL,
                () -> other.create(null, name, DeviceSetConfiguration.request(1, 0)));
        set.close();
    }
}
