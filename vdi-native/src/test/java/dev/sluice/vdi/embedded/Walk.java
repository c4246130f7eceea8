package dev.sluice.vdi.embedded;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.embedded.Rig.Call;
import dev.sluice.vdi.embedded.Rig.Running;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.Transition;
import dev.sluice.vdi.protocol.TransitionTable;
import dev.sluice.vdi.protocol.VdiStatus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A walk through a transition table: scenarios, each of which takes a set in some state and makes
 * one call. The walk is complete when its scenarios provoke every outcome of every cell.
 *
 * @param <F> the functions
 */
final class Walk<F extends Enum<F>> {

    /** Brings a set into a state. */
    interface Setup {
        Rig rig() throws VdiException;
    }

    /** The usual way into each state. */
    interface Setups {
        Rig in(DeviceSetState state) throws VdiException;
    }

    /** Makes the call and tells what it returned. */
    interface Script {
        VdiStatus run(Rig rig) throws VdiException;
    }

    /**
     * One scenario.
     *
     * @param <F> the functions
     */
    record Scenario<F extends Enum<F>>(
            F function,
            DeviceSetState state,
            VdiStatus status,
            DeviceSetState next,
            Setup setup,
            Script script) {

        @Override
        public String toString() {
            return outcome(function, state, status, next);
        }
    }

    /** Scenarios of one cell. */
    final class Cell {

        private final F function;
        private final DeviceSetState state;
        private final Setup setup;

        private Cell(F function, DeviceSetState state, Setup setup) {
            this.function = function;
            this.state = state;
            this.setup = setup;
        }

        /** The call returns this and the state stays. */
        void gives(VdiStatus status, Script script) {
            leads(status, state, script);
        }

        /** The call returns this and the state changes. */
        void leads(VdiStatus status, DeviceSetState next, Script script) {
            scenarios.add(new Scenario<>(function, state, status, next, setup, script));
        }
    }

    private final List<Scenario<F>> scenarios = new ArrayList<>();
    private final Setups usual;

    Walk(Setups usual) {
        this.usual = usual;
    }

    Cell on(F function, DeviceSetState state) {
        return on(function, state, () -> usual.in(state));
    }

    Cell on(F function, DeviceSetState state, Setup setup) {
        return new Cell(function, state, setup);
    }

    List<Scenario<F>> scenarios() {
        return scenarios;
    }

    Set<String> provoked() {
        Set<String> provoked = new LinkedHashSet<>();
        scenarios.forEach(scenario -> provoked.add(scenario.toString()));
        return provoked;
    }

    /** Every outcome of a table. */
    static <F extends Enum<F>> Set<String> outcomes(TransitionTable<F> table, F[] functions) {
        Set<String> outcomes = new LinkedHashSet<>();
        for (F function : functions) {
            for (DeviceSetState state : table.states()) {
                for (Transition t : table.look(function, state)) {
                    outcomes.add(outcome(function, state, t.status(), t.next()));
                }
            }
        }
        return outcomes;
    }

    private static String outcome(
            Enum<?> function, DeviceSetState state, VdiStatus status, DeviceSetState next) {
        return function + " in " + state + " returns " + status + " and leads to " + next;
    }

    /** Makes a call that must wait, does something meanwhile, and tells how the call ended. */
    static VdiStatus whileBlocked(Call call, Call event) throws VdiException {
        Running<String> running =
                Rig.start(
                        "caller",
                        () -> {
                            call.run();
                            return "done";
                        });
        running.untilBlocked();
        event.run();
        return running.status();
    }

    /** A command no device delivered. */
    static final class Stranger implements Command {

        @Override
        public CommandCode code() {
            return CommandCode.FLUSH;
        }

        @Override
        public int rawCode() {
            return code().number();
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public ByteBuffer buffer() {
            throw new IllegalStateException("no buffer");
        }

        @Override
        public ByteBuffer prefixZone() {
            throw new IllegalStateException("no buffer");
        }

        @Override
        public int bufferId() {
            return -1;
        }
    }
}
