package dev.sluice.tds;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The procedures by which a driver prepares and runs statements, of one connection (section 2.2.6.6
 * of the specification). The driver calls others in a batch.
 */
final class PreparedStatements {

    private static final int NUMBERED = 0xFFFF;

    private static final int EXECUTE_SQL = 10;
    private static final int PREPARE = 11;
    private static final int EXECUTE = 12;
    private static final int PREPARE_AND_EXECUTE = 13;
    private static final int UNPREPARE = 15;

    private final Map<Integer, String> texts = new HashMap<>();
    private final int session;
    private int lastHandle;

    /**
     * @param session the number of the session they belong to
     */
    PreparedStatements(int session) {
        this.session = session;
    }

    /**
     * Reads a call.
     *
     * @param call behind its headers
     * @param reply takes the handle of what is prepared, or an error
     * @return what is to be executed; null for nothing
     */
    @Nullable Request read(ByteBuffer call, Reply reply) throws IOException {
        int nameLength = Short.toUnsignedInt(call.getShort());
        if (nameLength != NUMBERED) {
            throw new UnsupportedOperationException(
                    "a call of " + Bytes.text(call, nameLength) + " by its name is not spoken");
        }
        int procedure = call.getShort();
        call.getShort(); // options
        List<@Nullable Object> values = parameters(call);
        switch (procedure) {
            case EXECUTE_SQL -> {
                // text, declarations of the parameters, parameters
                return new Request(
                        text(values, 0),
                        values.subList(values.size() > 1 ? 2 : 1, values.size()),
                        session);
            }
            case PREPARE -> {
                prepare(values, reply);
                return null;
            }
            case PREPARE_AND_EXECUTE -> {
                return new Request(
                        prepare(values, reply), values.subList(3, values.size()), session);
            }
            case EXECUTE -> {
                String text = texts.get(values.getFirst());
                if (text == null) {
                    Object handle = values.getFirst();
                    reply.message(
                            new Message(8179, 16, 4, "No prepared statement " + handle + "."));
                    return null;
                }
                return new Request(text, values.subList(1, values.size()), session);
            }
            case UNPREPARE -> {
                texts.remove(values.getFirst());
                return null;
            }
            default ->
                    throw new UnsupportedOperationException(
                            "procedure number " + procedure + " is not spoken");
        }
    }

    /** Handle, declarations of the parameters, text. */
    private String prepare(List<@Nullable Object> values, Reply reply) {
        texts.remove(values.getFirst());
        String text = text(values, 2);
        texts.put(++lastHandle, text);
        reply.prepared(lastHandle);
        return text;
    }

    private static String text(List<@Nullable Object> values, int index) {
        if (values.get(index) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("no text at " + index + " of " + values);
    }

    private static List<@Nullable Object> parameters(ByteBuffer call) {
        List<@Nullable Object> values = new ArrayList<>();
        while (call.hasRemaining()) {
            Bytes.shortText(call); // name
            call.get(); // flags
            values.add(SqlType.readInfo(call).readValue(call));
        }
        return values;
    }
}
