package dev.sluice.words;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.words.Said;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;

/**
 * Something that is told to people: which sentence, and its values, so that whoever shows it makes
 * the words. Immutable; equal when the same is told.
 */
public sealed interface Told {

    /** Nothing to tell. */
    Told NOTHING = new AsIs("");

    /**
     * A sentence, or a part of one.
     *
     * @param key of its words in {@code told.properties} or {@link Said#words}
     * @param values what stands for {@code {0}}, {@code {1}} …: texts, whole numbers ({@link
     *     Long}), {@link Bytes}, {@link Rounded}, {@link Duration}s, times of a server, and what is
     *     told itself
     */
    record Sentence(String key, List<Object> values) implements Told {

        /** Refuses a value of another kind: it would not come back from a file. */
        public Sentence {
            values = values.stream().map(value -> checked(key, value)).toList();
        }

        @Override
        public String english() {
            return Wording.ENGLISH.of(this);
        }

        private static Object checked(String key, Object value) {
            return switch (value) {
                case AsIs(String text) -> text;
                case String _, Long _, Bytes _, Rounded _, Duration _, LocalDateTime _, Told _ ->
                        value;
                default ->
                        throw new IllegalArgumentException(
                                "%s has a value of %s".formatted(key, value.getClass()));
            };
        }

        @Override
        public String toString() {
            return english();
        }
    }

    /**
     * The words of somebody else, such as the server's, the same in every language.
     *
     * @param text may be empty
     */
    record AsIs(String text) implements Told {

        @Override
        public String english() {
            return text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Several things in a row.
     *
     * @param separator what stands between them
     */
    record Joined(String separator, List<Told> parts) implements Told {

        /** Makes the list unmodifiable. */
        public Joined {
            parts = List.copyOf(parts);
        }

        @Override
        public String english() {
            return Wording.ENGLISH.of(this);
        }

        @Override
        public String toString() {
            return english();
        }
    }

    /** An amount of data, which every face writes in its own way. */
    record Bytes(long count) {}

    /** The same for what need not be known to the byte. */
    record Rounded(long count) {}

    /**
     * A sentence with these values.
     *
     * @param values as {@link Sentence#values}; an {@link Integer} is taken for a {@link Long},
     *     paths and constants for texts
     */
    static Told of(String key, Object... values) {
        return new Sentence(key, Arrays.stream(values).map(Told::plain).toList());
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case Path path -> path.toString();
            case Enum<?> constant -> constant.name();
            default -> value;
        };
    }

    /** The words of somebody else. */
    static Told asIs(String text) {
        return text.isEmpty() ? NOTHING : new AsIs(text);
    }

    /** Sentences, each on a line of its own; what is {@link #NOTHING} takes none. */
    static Told lines(Told... lines) {
        return lines(List.of(lines));
    }

    /** As {@link #lines(Told...)}. */
    static Told lines(List<Told> lines) {
        return joined("\n", lines);
    }

    /** Sentences one after another; what is {@link #NOTHING} is left out. */
    static Told row(Told... sentences) {
        return joined(" ", List.of(sentences));
    }

    /** An enumeration. */
    static Told list(List<Told> parts) {
        return joined(", ", parts);
    }

    private static Told joined(String separator, List<Told> parts) {
        List<Told> some = parts.stream().filter(part -> !part.equals(NOTHING)).toList();
        return switch (some.size()) {
            case 0 -> NOTHING;
            case 1 -> some.getFirst();
            default -> new Joined(separator, some);
        };
    }

    /** What the Virtual Device Interface says. */
    static Told of(Said said) {
        return switch (said) {
            case Said.AsIs(String text) -> asIs(text);
            case Said.Sentence(String key, List<Said> values) ->
                    of(key, values.stream().map(Told::of).toArray());
        };
    }

    /** What a failure tells: its own sentence where it has one, otherwise its message. */
    static Told of(Throwable failure) {
        return switch (failure) {
            case Teller teller -> teller.told();
            case VdiException vdi -> of(vdi.said());
            case NativeVdiException library -> of(library.said());
            default -> asIs(String.valueOf(failure.getMessage()));
        };
    }

    /** The words for logs, files and the command line. */
    // no default method: it would initialise this before its records, and NOTHING one before this
    String english();
}
