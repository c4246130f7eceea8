package dev.sluice.job;

import dev.sluice.words.Told;
import dev.sluice.words.Wording;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;

/**
 * What is told as JSON, beside its English words: those are what older versions know, and what is
 * shown where this one does not know the sentence.
 */
final class ToldFormat {

    private static final String KEY = "key";
    private static final String VALUES = "values";
    private static final String SEPARATOR = "separator";
    private static final String PARTS = "parts";
    private static final String TEXT = "text";
    private static final String BYTES = "bytes";
    private static final String ROUNDED = "rounded";
    private static final String MILLIS = "millis";
    private static final String NUMBER = "number";
    private static final String TIME = "time";

    private ToldFormat() {}

    /** Writes the words under a name, and what they are made of under another. */
    static void put(ObjectNode tree, String words, String name, @Nullable Told told) {
        tree.put(words, told == null ? null : told.english());
        if (told != null && !(told instanceof Told.AsIs)) {
            write(told, tree.putObject(name));
        }
    }

    private static void write(Told told, ObjectNode tree) {
        switch (told) {
            case Told.AsIs as -> tree.put(TEXT, as.text());
            case Told.Joined joined -> {
                ArrayNode parts = tree.put(SEPARATOR, joined.separator()).putArray(PARTS);
                joined.parts().forEach(part -> write(part, parts.addObject()));
            }
            case Told.Sentence sentence -> {
                ArrayNode values = tree.put(KEY, sentence.key()).putArray(VALUES);
                sentence.values().forEach(value -> write(value, values.addObject()));
            }
        }
    }

    private static void write(Object value, ObjectNode tree) {
        switch (value) {
            case Told told -> write(told, tree);
            case Long number -> tree.put(NUMBER, number);
            case Told.Bytes bytes -> tree.put(BYTES, bytes.count());
            case Told.Rounded bytes -> tree.put(ROUNDED, bytes.count());
            case Duration span -> tree.put(MILLIS, span.toMillis());
            case LocalDateTime time -> tree.put(TIME, time.toString());
            default -> tree.put(TEXT, value.toString());
        }
    }

    /**
     * Reads what {@link #put} wrote; the words alone where there is no more, or nothing that this
     * version knows.
     */
    static @Nullable Told get(JsonFields fields, String words, String name) {
        String text = fields.textOrNull(words);
        if (text == null) {
            return null;
        }
        if (!fields.has(name)) {
            return Told.asIs(text);
        }
        try {
            Told told = told(fields.object(name));
            if (Wording.knows(told)) {
                return told;
            }
        } catch (IllegalArgumentException | DateTimeException _) {
            // a kind of value that only a newer version has
        }
        return Told.asIs(text);
    }

    private static Told told(JsonFields fields) {
        if (fields.has(KEY)) {
            return new Told.Sentence(
                    fields.text(KEY),
                    fields.objectsOrNone(VALUES).stream().map(ToldFormat::value).toList());
        }
        return fields.has(PARTS)
                ? new Told.Joined(
                        fields.text(SEPARATOR),
                        fields.objectsOrNone(PARTS).stream().map(ToldFormat::told).toList())
                : new Told.AsIs(fields.text(TEXT));
    }

    private static Object value(JsonFields fields) {
        if (fields.has(NUMBER)) {
            return fields.number(NUMBER);
        }
        if (fields.has(BYTES)) {
            return new Told.Bytes(fields.number(BYTES));
        }
        if (fields.has(ROUNDED)) {
            return new Told.Rounded(fields.number(ROUNDED));
        }
        if (fields.has(MILLIS)) {
            return Duration.ofMillis(fields.number(MILLIS));
        }
        if (fields.has(TIME)) {
            return LocalDateTime.parse(fields.text(TIME));
        }
        return fields.has(TEXT) ? fields.text(TEXT) : told(fields);
    }
}
