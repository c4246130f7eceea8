package dev.sluice.doctor;

import dev.sluice.words.Told;

import java.util.Arrays;
import java.util.List;

/**
 * What the doctor found out about one thing.
 *
 * @param id stands for the check in every version of Sluice, such as {@code self-test}; of a
 *     destination with its path, {@code destination:/backups}
 * @param subject what was looked at
 * @param state how it is
 * @param finding what was found, in a sentence or two
 * @param remedies what helps: commands to copy or short instructions, most likely first; never
 *     empty for a failed check
 */
public record Check(String id, Told subject, State state, Told finding, List<Told> remedies) {

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
        remedies = List.copyOf(remedies);
    }

    /** What was looked at, in English. */
    public String title() {
        return subject.english();
    }

    /** What was found, in English. */
    public String found() {
        return finding.english();
    }

    /** What helps, in English. */
    public List<String> fixes() {
        return remedies.stream().map(Told::english).toList();
    }

    /** Commands to copy, the same in every language. */
    static List<Told> commands(String... commands) {
        return Arrays.stream(commands).map(Told::asIs).toList();
    }

    /** The name of a check, before anything is found. */
    record Subject(String id, Told subject) {

        Check ok(Told finding) {
            return new Check(id, subject, State.OK, finding, List.of());
        }

        Check warning(Told finding, List<Told> remedies) {
            return new Check(id, subject, State.WARNING, finding, remedies);
        }

        Check failed(Told finding, List<Told> remedies) {
            return new Check(id, subject, State.FAILED, finding, remedies);
        }

        Check notApplicable(Told finding) {
            return new Check(id, subject, State.NOT_APPLICABLE, finding, List.of());
        }
    }
}
