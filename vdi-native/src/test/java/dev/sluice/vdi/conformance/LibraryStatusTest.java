package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a library returns, known or not, becomes a status with name and number (vdi-facts L). */
class LibraryStatusTest extends NativeConformance {

    /** Statuses of COM and Windows that come through a library now and then, and odd ones. */
    private static final Map<Integer, String> FOREIGN =
            Map.of(
                    // easily mistaken for VD_E_CLOSE
                    0x8007000E, "E_OUTOFMEMORY (0x8007000E)",
                    0x80070005, "E_ACCESSDENIED (0x80070005)",
                    0x80040154, "REGDB_E_CLASSNOTREG (0x80040154)",
                    // of the facility, without a symbol
                    0x80770008, "an unlisted status (0x80770008)",
                    // success is exactly 0
                    1, "S_FALSE (1, 0x1)",
                    0x7FFFFFFF, "0x7FFFFFFF");

    /** Calls of a client that is active and has a command in its hands. */
    private enum Function {
        GetConfiguration {
            @Override
            void call(Rig rig, Command inHand) throws VdiException {
                rig.client.getConfiguration(ClientDeviceSet.INFINITE);
            }
        },
        OpenDevice {
            @Override
            void call(Rig rig, Command inHand) throws VdiException {
                rig.client.openDevice(rig.deviceName(1));
            }
        },
        SignalAbort {
            @Override
            void call(Rig rig, Command inHand) throws VdiException {
                rig.client.signalAbort();
            }
        },
        GetBufferHandle {
            @Override
            void call(Rig rig, Command inHand) throws VdiException {
                rig.client.getBufferHandle(inHand.buffer());
            }
        },
        MapBufferHandle {
            @Override
            void call(Rig rig, Command inHand) throws VdiException {
                rig.client.mapBufferHandle(0, Rig.BLOCK);
            }
        },
        GetCommand {
            @Override
            void call(Rig rig, Command inHand) throws VdiException {
                rig.clientDevices.getFirst().getCommand(ClientDeviceSet.INFINITE);
            }
        };

        abstract void call(Rig rig, Command inHand) throws VdiException;
    }

    static List<Arguments> failures() {
        List<Arguments> failures = new ArrayList<>();
        for (Function function : Function.values()) {
            for (int hresult : failuresOf(function)) {
                failures.add(Arguments.of(function, hresult));
            }
        }
        return failures;
    }

    private static List<Integer> failuresOf(Function function) {
        boolean waits = function == Function.GetConfiguration || function == Function.GetCommand;
        List<Integer> failures = new ArrayList<>(FOREIGN.keySet());
        for (VdiStatus status : VdiStatus.values()) {
            boolean isFailure = status != VdiStatus.NOERROR && status != VdiStatus.UNKNOWN;
            if (isFailure && !(waits && status == VdiStatus.TIMEOUT)) {
                failures.add(status.hresult());
            }
        }
        return failures;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isToldByNameAndNumber(Function function, int hresult) throws VdiException {
        try (Rig rig = rig(1).activate()) {
            rig.write();
            Command inHand = rig.fetch();
            control().failNext(function.name(), hresult);
            assertFailure(hresult, () -> function.call(rig, inHand));
        }
    }

    private static void assertFailure(int hresult, ThrowingCallable call) {
        VdiStatus status = VdiStatus.of(hresult);
        String told =
                FOREIGN.getOrDefault(hresult, "%s (0x%08X)".formatted(status.symbol(), hresult));
        assertThatThrownBy(call)
                .hasMessageContaining(told)
                .isInstanceOfSatisfying(
                        VdiException.class,
                        failure -> {
                            assertThat(failure.status()).isEqualTo(status);
                            assertThat(failure.hresult()).isEqualTo(hresult);
                        });
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedCreateOrJoinLeavesAnObjectThatCanBeUsed(First first) throws VdiException {
        for (int hresult : failuresOf(Function.SignalAbort)) {
            try (Rig rig = rig(1)) {
                control().failNext(first.name(), hresult);
                assertFailure(hresult, () -> first.call(rig));
                assertThat(rig.clientState()).isEqualTo(DeviceSetState.DOES_NOT_EXIST);
                rig.activate().useABuffer().finish().client.close();
            }
        }
    }

    /** How an object gets its set. */
    private enum First {
        Create {
            @Override
            void call(Rig rig) throws VdiException {
                rig.create();
            }
        },
        OpenInSecondary {
            @Override
            void call(Rig rig) throws VdiException {
                rig.client.openInSecondary(null, rig.name);
            }
        };

        abstract void call(Rig rig) throws VdiException;
    }

    @Test
    void aTimeOutIsNoFailure() throws VdiException {
        try (Rig rig = rig(1).activate()) {
            control().failNext("GetCommand", VdiStatus.TIMEOUT.hresult());
            assertThat(rig.clientDevices.getFirst().getCommand(ClientDeviceSet.INFINITE)).isNull();
            control().failNext("GetConfiguration", VdiStatus.TIMEOUT.hresult());
            assertThat(rig.client.getConfiguration(ClientDeviceSet.INFINITE)).isNull();
            rig.useABuffer().finish();
        }
    }

    @Test
    void aRefusedCompletionIsToldAndKeepsNobodyFromClosing() throws VdiException {
        for (int hresult : failuresOf(Function.SignalAbort)) {
            try (Rig rig = rig(1).activate()) {
                rig.write();
                Command command = rig.fetch();
                control().failNext("CompleteCommand", hresult);
                assertFailure(hresult, () -> rig.complete(command, 0));
            }
            // the double did not take the command back, and is the only one to think it is out
            assertThat(control().violations())
                    .allMatch(text -> text.endsWith("1 fetched commands are not given back"));
            control().reset();
        }
    }
}
