package dev.sluice.job;

import dev.sluice.vdi.protocol.CommandCode;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Commands by the names the specification gives them. */
final class CommandNames {

    private static final Map<CommandCode, String> NAMES = names();

    private CommandNames() {}

    /** Such as {@code VDC_ClearError}. */
    static String of(CommandCode code) {
        return String.valueOf(NAMES.get(code));
    }

    private static Map<CommandCode, String> names() {
        Map<CommandCode, String> names = new EnumMap<>(CommandCode.class);
        for (CommandCode code : CommandCode.values()) {
            StringBuilder name = new StringBuilder("VDC_");
            for (String word : code.name().split("_")) {
                name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
            }
            names.put(code, name.toString());
        }
        return names;
    }
}
