package dev.sluice.job;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A server, profile or run was named that does not exist. The message names near or known ones. */
public final class UnknownNameException extends IllegalArgumentException implements Teller {

    private static final long serialVersionUID = 1;

    private final transient Told told;

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
    UnknownNameException(String what, String name, Collection<String> known, List<Told> problems) {
        this(
                Told.lines(
                        Stream.concat(Stream.of(unknown(what, name, known)), problems.stream())
                                .toList()));
    }

    private UnknownNameException(Told told) {
        super(told.english());
        this.told = told;
    }

    @Override
    public Told told() {
        return told;
    }

    private static Told unknown(String what, String name, Collection<String> known) {
        List<String> near = NearNames.of(name, known);
        if (!near.isEmpty()) {
            return Told.of("unknown.near", what, name, oneOf(near));
        }
        return known.isEmpty()
                ? Told.of("unknown.none", what, name)
                : Told.of("unknown.known", what, name, String.join(", ", known));
    }

    private static Told oneOf(List<String> names) {
        return names.stream()
                .map(name -> Told.of("unknown.name", name))
                .reduce((first, second) -> Told.of("unknown.or", first, second))
                .orElse(Told.NOTHING);
    }
}
