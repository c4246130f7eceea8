package dev.sluice.doctor;

import java.util.List;

/**
 * What the doctor found out about one thing.
 *
 * @param id stands for the check in every version of Sluice, such as {@code self-test}; of a
 *     destination with its path, {@code destination:/backups}
 * @param title what was looked at, for people
 * @param state how it is
 * @param found what was found, in a sentence or two
 * @param fixes what helps: commands to copy or short instructions, most likely first; never empty
 *     for a failed check
 */
public record Check(String id, String title, State state, String found, List<String> fixes) {

    /** How a thing is. */
    public enum State {
        /** As it should be. */
        OK,
        /** It may do, or is not needed by everybody. */
        WARNING,
        /** It hinders backups. */
        FAILED,
        /** It plays no part on this machine. */
        NOT_APPLICABLE
    }

    /** Makes the list unmodifiable. */
    public Check {
        fixes = List.copyOf(fixes);
    }

    /** The name of a check, before anything is found. */
    record Subject(String id, String title) {

        Check ok(String found) {
            return new Check(id, title, State.OK, found, List.of());
        }

        Check warning(String found, List<String> fixes) {
            return new Check(id, title, State.WARNING, found, fixes);
        }

        Check failed(String found, List<String> fixes) {
            return new Check(id, title, State.FAILED, found, fixes);
        }

        Check notApplicable(String found) {
            return new Check(id, title, State.NOT_APPLICABLE, found, List.of());
        }
    }
}
