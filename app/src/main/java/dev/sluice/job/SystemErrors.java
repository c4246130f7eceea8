package dev.sluice.job;

import dev.sluice.sql.SqlMessage;
import dev.sluice.vdi.protocol.CodeExplanation;
import dev.sluice.vdi.protocol.CodeExplanations;
import dev.sluice.vdi.protocol.CompletionCode;

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

    private static final Map<Integer, CodeExplanation> BESIDES_THOSE_OF_COMMANDS =
            Stream.of(
                            new CodeExplanation(
                                    "ERROR_FILE_NOT_FOUND",
                                    2,
                                    "the file does not exist",
                                    "The path is wrong on the server, or the device is not there:"
                                            + " its client ended.",
                                    "Check the path as the server sees it."),
                            new CodeExplanation(
                                    "ERROR_PATH_NOT_FOUND",
                                    3,
                                    "the folder does not exist",
                                    "The path is wrong on the server.",
                                    "Make the folder on the server, or choose another."),
                            new CodeExplanation(
                                    "ERROR_ACCESS_DENIED",
                                    5,
                                    "access is denied",
                                    "The account that SQL Server runs as may not use the file or"
                                            + " device.",
                                    "Give the service account the right to it; on Linux check the"
                                            + " groups of both accounts."),
                            new CodeExplanation(
                                    "ERROR_SHARING_VIOLATION",
                                    32,
                                    "another process uses the file",
                                    "Another program, such as a virus scanner, has the file open.",
                                    "Close that program, or exclude the file from it."),
                            new CodeExplanation(
                                    "ERROR_BAD_NETPATH",
                                    53,
                                    "the network path was not found",
                                    "The machine of the path cannot be reached from the server.",
                                    "Check the path and the network from the server."),
                            new CodeExplanation(
                                    "ERROR_NETNAME_DELETED",
                                    64,
                                    "the network name is no longer available",
                                    "The connection to a network folder was lost.",
                                    "Check the network, and run it again."),
                            new CodeExplanation(
                                    "ERROR_SEM_TIMEOUT",
                                    121,
                                    "the wait for the device has run out",
                                    "A disk or network did not answer in time.",
                                    "Check disk and network, and run it again."),
                            new CodeExplanation(
                                    "ERROR_IO_DEVICE",
                                    1117,
                                    "the device had an I/O error",
                                    "A disk failed.",
                                    "Check the disk and the system's event log."),
                            new CodeExplanation(
                                    "ERROR_NONE_MAPPED",
                                    1332,
                                    "no such account",
                                    "The account was removed or renamed.",
                                    "Check the account."),
                            new CodeExplanation(
                                    "ERROR_NO_SUCH_DOMAIN",
                                    1355,
                                    "the domain cannot be reached",
                                    "No domain controller answers the server.",
                                    "Check the server's connection to its domain."),
                            new CodeExplanation(
                                    "ERROR_NO_SYSTEM_RESOURCES",
                                    1450,
                                    "the system has no resources left",
                                    "The machine is out of memory for its I/O.",
                                    "Ask for fewer buffers or for smaller transfers."))
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    CodeExplanation::number, Function.identity()));

    private SystemErrors() {}

    /** Those in a message that are known here, in its order. */
    static Stream<CodeExplanation> in(SqlMessage message) {
        return CARRIERS.contains(message.number())
                ? NUMBER.matcher(message.text())
                        .results()
                        .map(found -> found.group(found.group(1) == null ? 2 : 1))
                        .flatMap(number -> known(number).stream())
                : Stream.empty();
    }

    private static Optional<CodeExplanation> known(String number) {
        long value = Long.decode(number);
        if (value < 0 || value > Integer.MAX_VALUE) {
            return Optional.of(CodeExplanations.ofHresult((int) value));
        }
        CompletionCode code = CompletionCode.of((int) value);
        return code == CompletionCode.UNKNOWN
                ? Optional.ofNullable(BESIDES_THOSE_OF_COMMANDS.get((int) value))
                : Optional.of(code.explanation());
    }
}
