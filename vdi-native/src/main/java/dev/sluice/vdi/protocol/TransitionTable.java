package dev.sluice.vdi.protocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A transition table: for each function in each state, the ways the call can end. Immutable;
 * looking something up neither locks nor allocates.
 *
 * @param <F> the functions
 */
public final class TransitionTable<F extends Enum<F>> {

    private final List<DeviceSetState> states;
    private final Map<F, Map<DeviceSetState, List<Transition>>> cells;
    private final Map<F, Map<DeviceSetState, VdiStatus>> refusals;

    private TransitionTable(
            Class<F> functions,
            List<DeviceSetState> states,
            Map<F, Map<DeviceSetState, List<Transition>>> cells) {
        this.states = states;
        this.cells = cells;
        this.refusals = new EnumMap<>(functions);
        cells.forEach((function, row) -> refusals.put(function, refusalsOf(row)));
    }

    /** The states this side can be in, in the order of the columns. */
    public List<DeviceSetState> states() {
        return states;
    }

    /**
     * The ways a call can end in a state.
     *
     * @throws IllegalArgumentException when the side does not have this state
     */
    public List<Transition> look(F function, DeviceSetState state) {
        Map<DeviceSetState, List<Transition>> row = cells.get(function);
        List<Transition> cell = row == null ? null : row.get(state);
        if (cell == null) {
            throw new IllegalArgumentException("No cell for " + function + " in " + state);
        }
        return cell;
    }

    /**
     * The status with which a call is refused at once in a state, changing nothing; null when the
     * state allows the call, which may still fail for other reasons.
     */
    public @Nullable VdiStatus refusal(F function, DeviceSetState state) {
        Map<DeviceSetState, VdiStatus> row = refusals.get(function);
        return row == null ? null : row.get(state);
    }

    /**
     * Checks a step against the table.
     *
     * @return the next state
     * @throws IllegalStateException when the table has no such step
     */
    public DeviceSetState step(
            F function, DeviceSetState state, VdiStatus status, DeviceSetState next) {
        for (Transition transition : look(function, state)) {
            if (transition.status() == status && transition.next() == next) {
                return next;
            }
        }
        throw new IllegalStateException(
                "%s in %s cannot return %s and lead to %s"
                        .formatted(function, state, status.symbol(), next));
    }

    private static Map<DeviceSetState, VdiStatus> refusalsOf(
            Map<DeviceSetState, List<Transition>> row) {
        Map<DeviceSetState, VdiStatus> found = new EnumMap<>(DeviceSetState.class);
        row.forEach(
                (state, cell) -> {
                    Transition only = cell.getFirst();
                    if (cell.size() == 1
                            && only.status() != VdiStatus.NOERROR
                            && only.next() == state) {
                        found.put(state, only.status());
                    }
                });
        return found;
    }

    /** Collects rows; the cells of a row stand in the order of the states. */
    static final class Builder<F extends Enum<F>> {

        private final Class<F> functions;
        private final List<DeviceSetState> states;
        private final Map<F, Map<DeviceSetState, List<Transition>>> cells;

        Builder(Class<F> functions, DeviceSetState... states) {
            this.functions = functions;
            this.states = List.of(states);
            this.cells = new EnumMap<>(functions);
        }

        Builder<F> row(F function, Cell... row) {
            if (row.length != states.size()) {
                throw new IllegalArgumentException(
                        "%s has %d cells, not %d".formatted(function, row.length, states.size()));
            }
            Map<DeviceSetState, List<Transition>> filled = new EnumMap<>(DeviceSetState.class);
            for (int i = 0; i < row.length; i++) {
                filled.put(states.get(i), row[i].in(states.get(i)));
            }
            cells.put(function, filled);
            return this;
        }

        TransitionTable<F> build() {
            for (F function : functions.getEnumConstants()) {
                if (!cells.containsKey(function)) {
                    throw new IllegalStateException("No row for " + function);
                }
            }
            return new TransitionTable<>(functions, states, cells);
        }
    }

    /** A cell as it is written down: outcomes whose next state may be "the same". */
    static final class Cell {

        private record Outcome(VdiStatus status, @Nullable DeviceSetState next) {}

        private final List<Outcome> outcomes;

        private Cell(List<Outcome> outcomes) {
            this.outcomes = outcomes;
        }

        /** The call returns one of these and the state stays. */
        static Cell stays(VdiStatus... statuses) {
            return new Cell(List.of()).orStays(statuses);
        }

        /** The call returns this and the state changes. */
        static Cell leads(VdiStatus status, DeviceSetState next) {
            return new Cell(List.of()).orLeads(status, next);
        }

        Cell orStays(VdiStatus... statuses) {
            List<Outcome> more = new ArrayList<>(outcomes);
            for (VdiStatus status : statuses) {
                more.add(new Outcome(status, null));
            }
            return new Cell(more);
        }

        Cell orLeads(VdiStatus status, DeviceSetState next) {
            List<Outcome> more = new ArrayList<>(outcomes);
            more.add(new Outcome(status, next));
            return new Cell(more);
        }

        private List<Transition> in(DeviceSetState state) {
            return outcomes.stream()
                    .map(o -> new Transition(o.status(), o.next() == null ? state : o.next()))
                    .toList();
        }
    }
}
