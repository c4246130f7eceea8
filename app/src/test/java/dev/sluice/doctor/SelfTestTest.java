package dev.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.doctor.Check.State;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerVdiProvider;
import dev.sluice.vdi.words.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class SelfTestTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final EmbeddedVdi vdi = new EmbeddedVdi();

    @Test
    void theEmbeddedDeviceSetPasses() {
        Check check = new SelfTest(vdi, vdi, LONG).check();
        assertThat(check.state()).as(check.found()).isEqualTo(State.OK);
        assertThat(check.found()).contains("2 devices", "2 MiB each way", "abort, drain, close");
    }

    @Test
    void aRefusedCallIsToldWithItsCode() {
        Check check =
                check(
                        vdi,
                        (set, method) -> {
                            if (method.equals("create")) {
                                throw new VdiException(
                                        Said.asIs("CreateEx \"x\""), VdiStatus.SECURITY);
                            }
                        });
        assertFailed(check, "creating the device set", "VD_E_SECURITY (0x80770005)");
        assertThat(check.found()).contains("Likely cause: The account");
    }

    @Test
    void aSetWithoutAServerIsToldAsSuch() {
        assertFailed(
                new SelfTest(vdi, new EmbeddedVdi(), LONG).check(),
                "configuring the device set",
                "VD_E_INVALID");
    }

    @Test
    void bytesThatChangeOnTheirWayAreFound() {
        AtomicInteger transfers = new AtomicInteger();
        assertFailed(
                checkDevice(
                        (device, method, result) -> {
                            if (result instanceof dev.sluice.vdi.Command command
                                    && command.code().hasBuffer()
                                    && transfers.incrementAndGet() == 11) {
                                ByteBuffer buffer = command.buffer();
                                buffer.put(777, (byte) (buffer.get(777) ^ 1));
                            }
                        }),
                "writing to the devices",
                "received other bytes");
    }

    @Test
    void aDeviceThatFailsIsToldBeforeWhatFollowsFromIt() {
        AtomicInteger calls = new AtomicInteger();
        assertFailed(
                checkDevice(
                        (device, method, result) -> {
                            if (method.equals("getCommand") && calls.incrementAndGet() == 9) {
                                throw new VdiException(
                                        Said.asIs("GetCommand"), VdiStatus.UNEXPECTED);
                            }
                        }),
                "writing to the devices",
                "VD_E_UNEXPECTED");
    }

    @Test
    void aCallThatHangsIsGivenUp() {
        CountDownLatch never = new CountDownLatch(1);
        SelfTest test =
                new SelfTest(
                        clients(
                                vdi,
                                (set, method) -> {
                                    if (method.equals("getConfiguration")
                                            || method.equals("signalAbort")) {
                                        never.await();
                                    }
                                }),
                        vdi,
                        Duration.ofMillis(200));
        assertFailed(test.check(), "configuring the device set", "given up after 0.2 s");
        never.countDown();
    }

    private static void assertFailed(Check check, String step, String what) {
        assertThat(check.state()).as(check.found()).isEqualTo(State.FAILED);
        assertThat(check.found()).startsWith("Failed while " + step + ": ").contains(what);
        assertThat(check.fixes()).isNotEmpty();
    }

    // ---- ends that misbehave

    /** Runs before each call of a client's device set; may throw or block. */
    private interface BeforeCall {
        void call(Object target, String method) throws Exception;
    }

    /** Runs after each call of a client's device. */
    private interface AfterCall {
        void called(Object target, String method, Object result) throws Exception;
    }

    private static Check check(EmbeddedVdi vdi, BeforeCall before) {
        return new SelfTest(clients(vdi, before), vdi, LONG).check();
    }

    private Check checkDevice(AfterCall after) {
        VdiProvider clients =
                provider(
                        () -> {
                            ClientDeviceSet set = vdi.newDeviceSet();
                            return proxy(
                                    ClientDeviceSet.class,
                                    (proxy, method, arguments) -> {
                                        Object result = invoke(set, method, arguments);
                                        return result instanceof ClientDevice device
                                                ? watched(device, after)
                                                : result;
                                    });
                        });
        ServerVdiProvider servers = vdi;
        return new SelfTest(clients, servers, LONG).check();
    }

    private static ClientDevice watched(ClientDevice device, AfterCall after) {
        return proxy(
                ClientDevice.class,
                (proxy, method, arguments) -> {
                    Object result = invoke(device, method, arguments);
                    after.called(device, method.getName(), result);
                    return result;
                });
    }

    private static VdiProvider clients(EmbeddedVdi vdi, BeforeCall before) {
        return provider(
                () -> {
                    ClientDeviceSet set = vdi.newDeviceSet();
                    return proxy(
                            ClientDeviceSet.class,
                            (proxy, method, arguments) -> {
                                before.call(set, method.getName());
                                return invoke(set, method, arguments);
                            });
                });
    }

    private static VdiProvider provider(java.util.function.Supplier<ClientDeviceSet> sets) {
        return new VdiProvider() {
            @Override
            public String name() {
                return "misbehaving";
            }

            @Override
            public ClientDeviceSet newDeviceSet() {
                return sets.get();
            }
        };
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
