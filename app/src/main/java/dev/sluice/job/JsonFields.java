package dev.sluice.job;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads the fields of a JSON object that must be there and of the right kind. Everything that is
 * not as it should be is an IllegalArgumentException which names the field.
 */
final class JsonFields {

    static final String SCHEMA_VERSION = "schemaVersion";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** A file that a newer Sluice wrote. */
    static final class NewerVersionException extends IllegalArgumentException implements Teller {
        private static final long serialVersionUID = 1;

        private final transient Told told;

        NewerVersionException(long version, int newest) {
            this(Told.of("saved.newer", version, newest));
        }

        private NewerVersionException(Told told) {
            super(told.english());
            this.told = told;
        }

        @Override
        public Told told() {
            return told;
        }
    }

    private final JsonNode node;
    private final String where;

    private JsonFields(JsonNode node, String where) {
        this.node = node;
        this.where = where;
    }

    /** The object in a file's content, when its schema version is not above the given one. */
    static JsonFields parse(byte[] content, int newestVersion) {
        JsonNode tree = tree(content);
        JsonFields fields = new JsonFields(tree, "");
        long version = fields.number(SCHEMA_VERSION);
        if (version > newestVersion) {
            throw new NewerVersionException(version, newestVersion);
        }
        if (version < 1) {
            throw new IllegalArgumentException("there is no schema version " + version);
        }
        return fields;
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    static byte[] toBytes(ObjectNode object) {
        return (MAPPER.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode tree(byte[] content) {
        try {
            JsonNode tree = MAPPER.readTree(content);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("it is no JSON object");
    }

    /** The tree itself, fields unknown here included. */
    ObjectNode tree() {
        return (ObjectNode) node;
    }

    JsonFields object(String name) {
        return new JsonFields(field(name, JsonNode::isObject, "an object"), where + name + ".");
    }

    String text(String name) {
        return field(name, JsonNode::isString, "a text").stringValue();
    }

    @Nullable String textOrNull(String name) {
        return isAbsent(name) ? null : text(name);
    }

    long number(String name) {
        return field(name, JsonNode::canConvertToExactIntegral, "a whole number").longValue();
    }

    int smallNumber(String name) {
        return field(name, JsonNode::canConvertToInt, "a whole number").intValue();
    }

    boolean flag(String name) {
        return field(name, JsonNode::isBoolean, "true or false").booleanValue();
    }

    Path path(String name) {
        return Path.of(text(name));
    }

    @Nullable Path pathOrNull(String name) {
        return isAbsent(name) ? null : path(name);
    }

    boolean has(String name) {
        return !isAbsent(name);
    }

    String textOr(String name, String other) {
        return isAbsent(name) ? other : text(name);
    }

    long numberOr(String name, long other) {
        return isAbsent(name) ? other : number(name);
    }

    boolean flagOr(String name, boolean other) {
        return isAbsent(name) ? other : flag(name);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : field(name, JsonFields::isTexts, "a list of texts")) {
            texts.add(text.stringValue());
        }
        return texts;
    }

    List<String> textsOrNone(String name) {
        return isAbsent(name) ? List.of() : texts(name);
    }

    /** The objects of a list; none when there is no such field. */
    List<JsonFields> objectsOrNone(String name) {
        List<JsonFields> objects = new ArrayList<>();
        if (has(name)) {
            for (JsonNode object : field(name, JsonFields::isObjects, "a list of objects")) {
                objects.add(new JsonFields(object, where + name + "."));
            }
        }
        return objects;
    }

    private static boolean isObjects(JsonNode node) {
        return node.isArray() && node.valueStream().allMatch(JsonNode::isObject);
    }

    private static boolean isTexts(JsonNode node) {
        return node.isArray() && node.valueStream().allMatch(JsonNode::isString);
    }

    /** Writes a list of texts. */
    static void put(ObjectNode tree, String name, List<String> texts) {
        ArrayNode array = tree.putArray(name);
        texts.forEach(array::add);
    }

    private boolean isAbsent(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull();
    }

    private JsonNode field(String name, Predicate<JsonNode> test, String kind) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException("field \"%s%s\" is missing".formatted(where, name));
        }
        if (!test.test(value)) {
            throw new IllegalArgumentException(
                    "field \"%s%s\" is %s where %s belongs".formatted(where, name, value, kind));
        }
        return value;
    }
}
