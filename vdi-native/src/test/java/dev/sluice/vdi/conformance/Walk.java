package dev.sluice.vdi.conformance;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
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
public final class Walk<F extends Enum<F>> {

    /** Brings a set into a state. */
    public interface Setup {
        /** A set of these ends in that state. */
        Rig rig(Ends ends) throws VdiException;
    }

    /** The usual way into each state. */
    public interface Setups {
        /** A set of these ends in the state. */
        Rig in(Ends ends, DeviceSetState state) throws VdiException;
    }

    /** Makes the call and tells what it returned. */
    public interface Script {
        /** Runs it. */
        VdiStatus run(Rig rig) throws VdiException;
    }

    /**
     * One scenario.
     *
     * @param <F> the functions
     */
    public record Scenario<F extends Enum<F>>(
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
    public final class Cell {

        private final F function;
        private final DeviceSetState state;
        private final Setup setup;

        private Cell(F function, DeviceSetState state, Setup setup) {
            this.function = function;
            this.state = state;
            this.setup = setup;
        }

        /** The call returns this and the state stays. */
        public void gives(VdiStatus status, Script script) {
            leads(status, state, script);
        }

        /** The call returns this and the state changes. */
        public void leads(VdiStatus status, DeviceSetState next, Script script) {
            scenarios.add(new Scenario<>(function, state, status, next, setup, script));
        }
    }

    private final List<Scenario<F>> scenarios = new ArrayList<>();
    private final Setups usual;

    /** A walk without scenarios yet. */
    public Walk(Setups usual) {
        this.usual = usual;
    }

    /** A cell, entered in the usual way. */
    public Cell on(F function, DeviceSetState state) {
        return on(function, state, ends -> usual.in(ends, state));
    }

    /** A cell, entered in another way. */
    public Cell on(F function, DeviceSetState state, Setup setup) {
        return new Cell(function, state, setup);
    }

    /** The scenarios so far. */
    public List<Scenario<F>> scenarios() {
        return scenarios;
    }

    /** The outcomes they provoke. */
    public Set<String> provoked() {
        Set<String> provoked = new LinkedHashSet<>();
        scenarios.forEach(scenario -> provoked.add(scenario.toString()));
        return provoked;
    }

    /** Every outcome of a table. */
    public static <F extends Enum<F>> Set<String> outcomes(
            TransitionTable<F> table, F[] functions) {
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
    static VdiStatus whileBlocked(Rig.Call call, Rig.Call event) throws VdiException {
        Running<String> running =
                Running.start(
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
    public static final class Stranger implements Command {

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
