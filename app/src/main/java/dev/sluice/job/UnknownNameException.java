package dev.sluice.job;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A server, profile or run was named that does not exist. The message names near or known ones. */
public final class UnknownNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /**
     * @param what what was named, such as {@code profile}
     * @param name the name given
     * @param known the names there are
     */
    public UnknownNameException(String what, String name, Collection<String> known) {
        this(what, name, known, List.of());
    }

    /**
     * As the other.
     *
     * @param problems a sentence for each that could not be read, as one of them may be meant
     */
    public UnknownNameException(
            String what, String name, Collection<String> known, List<String> problems) {
        super(
                "there is no %s \"%s\"%s%s"
                        .formatted(
                                what,
                                name,
                                hint(what, name, known),
                                problems.stream()
                                        .map(problem -> "\n" + problem)
                                        .collect(Collectors.joining())));
    }

    private static String hint(String what, String name, Collection<String> known) {
        List<String> near = NearNames.of(name, known);
        if (!near.isEmpty()) {
            return "; did you mean \"" + String.join("\" or \"", near) + "\"?";
        }
        return known.isEmpty()
                ? ": there is none yet"
                : "; known %ss: %s".formatted(what, String.join(", ", known));
    }
}
