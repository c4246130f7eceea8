package dev.sluice.job;

import dev.sluice.sql.SqlMessage;
import dev.sluice.vdi.protocol.CodeExplanations;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.words.Told;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbers of the operating system, and of the Virtual Device Interface, that the server's
 * messages carry. On Linux SQL Server speaks of the same ones.
 */
final class SystemErrors {

    /** The messages that carry one. */
    private static final Set<Integer> CARRIERS =
            Set.of(3201, 3202, 3203, 3271, 3634, 5118, 5120, 5123, 5133, 15404, 18204, 18210);

    /**
     * Number and text, such as {@code 5(Access is denied.)}, whatever the language; or in words
     * that not every language has.
     */
    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?<![\\w.-])(0x[0-9a-f]{1,8}|-?\\d{1,10})\\("
                            + "|(?:system error|error code) (0x[0-9a-f]{1,8}|-?\\d{1,10})\\b",
                    Pattern.CASE_INSENSITIVE);

    private static final Map<Integer, KnownCode> BESIDES_THOSE_OF_COMMANDS =
            Stream.of(
                            known(
                                    "ERROR_FILE_NOT_FOUND",
                                    2,
                                    Told.of("system.file"),
                                    Told.of("system.file.cause"),
                                    Told.of("system.file.toDo")),
                            known(
                                    "ERROR_PATH_NOT_FOUND",
                                    3,
                                    Told.of("system.folder"),
                                    Told.of("system.folder.cause"),
                                    Told.of("system.folder.toDo")),
                            known(
                                    "ERROR_ACCESS_DENIED",
                                    5,
                                    Told.of("system.access"),
                                    Told.of("system.access.cause"),
                                    Told.of("system.access.toDo")),
                            known(
                                    "ERROR_SHARING_VIOLATION",
                                    32,
                                    Told.of("system.sharing"),
                                    Told.of("system.sharing.cause"),
                                    Told.of("system.sharing.toDo")),
                            known(
                                    "ERROR_BAD_NETPATH",
                                    53,
                                    Told.of("system.networkPath"),
                                    Told.of("system.networkPath.cause"),
                                    Told.of("system.networkPath.toDo")),
                            known(
                                    "ERROR_NETNAME_DELETED",
                                    64,
                                    Told.of("system.networkName"),
                                    Told.of("system.networkName.cause"),
                                    Told.of("system.networkName.toDo")),
                            known(
                                    "ERROR_SEM_TIMEOUT",
                                    121,
                                    Told.of("system.timeout"),
                                    Told.of("system.timeout.cause"),
                                    Told.of("system.timeout.toDo")),
                            known(
                                    "ERROR_NONE_MAPPED",
                                    1332,
                                    Told.of("system.account"),
                                    Told.of("system.account.cause"),
                                    Told.of("system.account.toDo")),
                            known(
                                    "ERROR_NO_SUCH_DOMAIN",
                                    1355,
                                    Told.of("system.domain"),
                                    Told.of("system.domain.cause"),
                                    Told.of("system.domain.toDo")))
                    .collect(Collectors.toUnmodifiableMap(KnownCode::number, Function.identity()));

    private SystemErrors() {}

    private static KnownCode known(
            String name, int number, Told meaning, Told likelyCause, Told whatToDo) {
        String numbers = "%d, 0x%X".formatted(number, number);
        return new KnownCode(
                Told.asIs(name),
                number,
                Told.of("system.code", name, numbers, meaning),
                likelyCause,
                whatToDo);
    }

    /** Those in a message that are known here, in its order. */
    static Stream<KnownCode> in(SqlMessage message) {
        return CARRIERS.contains(message.number())
                ? NUMBER.matcher(message.text())
                        .results()
                        .map(found -> found.group(found.group(1) == null ? 2 : 1))
                        .flatMap(number -> known(number).stream())
                : Stream.empty();
    }

    private static Optional<KnownCode> known(String number) {
        long value = Long.decode(number);
        if (value < 0 || value > Integer.MAX_VALUE) {
            return Optional.of(KnownCode.of(CodeExplanations.ofHresult((int) value)));
        }
        CompletionCode code = CompletionCode.of((int) value);
        return code == CompletionCode.UNKNOWN
                ? Optional.ofNullable(BESIDES_THOSE_OF_COMMANDS.get((int) value))
                : Optional.of(KnownCode.of(code.explanation()));
    }
}
