package dev.sluice.job;

import dev.sluice.sql.SqlMessage;
import dev.sluice.transfer.TransferFailure;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CodeExplanation;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a run failed, for people: the first cause before its consequences, then its codes in words,
 * their likely cause, and what to do. A server that was cut off reports 18210 with operating system
 * error 995, which explains nothing; what happened at our end comes first.
 *
 * @param work what was attempted
 * @param state where the job was
 * @param trouble what left the normal flow
 * @param failure the first failure of a device; null without one
 * @param verdict the statement's; null when it has none
 */
record Explanation(
        JobWork work,
        JobState state,
        Throwable trouble,
        @Nullable TransferFailure failure,
        @Nullable Verdict verdict) {

    /** How the server names a Win32 code. */
    private static final Pattern SYSTEM_ERROR =
            Pattern.compile("[Oo]perating system error (\\d{1,5})\\b");

    private static final CodeExplanation ABORTED = CompletionCode.OPERATION_ABORTED.explanation();

    /** A defect of ours. */
    static String ofDefect(JobWork work, Throwable defect) {
        return "%s failed by a defect of Sluice: %s. Its log has the details; please report it."
                .formatted(work.title(), defect);
    }

    /** What is left could not be removed. */
    static String ofCleanUp(JobWork work, IOException cause) {
        return ("%s: what it left behind could not be removed: %s. It does not pass for a backup;"
                        + " remove it by hand, or let the next run do so.")
                .formatted(work.title(), said(cause));
    }

    /** What happened to a device, and what the server was told. */
    static String of(TransferFailure failure) {
        String what = "device %d: %s".formatted(failure.device() + 1, said(failure.cause()));
        CompletionCode answer = failure.answer();
        return answer == null
                ? what
                : "%s; the server was told %s".formatted(what, answer.explanation());
    }

    /** The first cause, in a line or a few. */
    String cause() {
        if (failure != null) {
            return of(failure);
        }
        if (verdict instanceof Verdict.Failed failed && isServersDoing()) {
            return errors().isEmpty() ? said(failed.cause()) : errors();
        }
        return said(trouble);
    }

    /** The whole text. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                state == JobState.PREPARING
                        ? "%s was not started: %s".formatted(work.title(), cause())
                        : "%s failed: %s".formatted(work.title(), cause()));
        if (!errors().isEmpty() && !errors().equals(cause())) {
            lines.add("The server reported: " + errors());
        }
        if (trouble instanceof VdiException && !cause().equals(said(trouble)) && isEcho()) {
            lines.add("At this end, " + said(trouble));
        }
        List<CodeExplanation> codes = codes();
        String told = String.join("\n", lines);
        codes.stream()
                .filter(code -> !told.contains(code.name()))
                .map(code -> "Operating system error %d is %s".formatted(code.number(), code))
                .forEach(lines::add);
        codes.forEach(code -> lines.add("Likely cause: " + code.likelyCause()));
        Stream.of(codes.stream().map(CodeExplanation::whatToDo), onMessages(), onLostSet())
                .flatMap(advice -> advice)
                .distinct()
                .map(advice -> "To do: " + advice)
                .forEach(lines::add);
        return String.join("\n", lines);
    }

    /** Whether what we met is only the echo of what the server did. */
    private boolean isServersDoing() {
        return trouble instanceof StatementFailedException
                || (trouble instanceof VdiException vdi && vdi.status() == VdiStatus.ABORT);
    }

    /** Whether the server says no more than that its devices were aborted. */
    private boolean isEcho() {
        return serversErrors().allMatch(Explanation::isEcho);
    }

    private static boolean isEcho(SqlMessage message) {
        return switch (message.number()) {
            case SqlMessage.TERMINATED_ABNORMALLY, 3041 -> true;
            case 18210 -> systemErrors(message).allMatch(ABORTED::equals);
            default -> false;
        };
    }

    /** The codes behind the failure: those of our own end, or else those the server speaks of. */
    private List<CodeExplanation> codes() {
        CodeExplanation own = ownCode();
        return own != null
                ? List.of(own)
                : serversErrors().flatMap(Explanation::systemErrors).distinct().toList();
    }

    private @Nullable CodeExplanation ownCode() {
        if (failure != null) {
            CompletionCode answer = failure.answer();
            return answer == null ? codeOf(failure.cause()) : answer.explanation();
        }
        return isServersDoing() && !isEcho() ? null : codeOf(trouble);
    }

    private static @Nullable CodeExplanation codeOf(Throwable cause) {
        return cause instanceof VdiException vdi ? vdi.explanation() : null;
    }

    /** The Win32 codes a message of the server names by number, those known here. */
    private static Stream<CodeExplanation> systemErrors(SqlMessage message) {
        return SYSTEM_ERROR
                .matcher(message.text())
                .results()
                .map(found -> CompletionCode.of(Integer.parseInt(found.group(1))))
                .filter(code -> code != CompletionCode.UNKNOWN)
                .map(CompletionCode::explanation);
    }

    /** What the server's messages call for, unless they only follow from what failed here. */
    private Stream<String> onMessages() {
        List<SqlMessage> messages =
                verdict == null || ownCode() != null ? List.of() : verdict.messages();
        return messages.stream().flatMap(message -> ServerAdvice.on(message.number()).stream());
    }

    /** The server's statement succeeded, and yet there is no set: only the server thinks it is. */
    private Stream<String> onLostSet() {
        return work.kind() == JobKind.BACKUP && verdict instanceof Verdict.Succeeded
                ? Stream.of(
                        "The server counts this backup as taken, although there is no set of it:"
                                + " take a full backup before the next differential one.")
                : Stream.empty();
    }

    private Stream<SqlMessage> serversErrors() {
        return verdict instanceof Verdict.Failed failed
                ? failed.messages().stream().filter(SqlMessage::isError)
                : Stream.empty();
    }

    private String errors() {
        return serversErrors().map(SqlMessage::toString).collect(Collectors.joining("\n"));
    }

    private static String said(Throwable cause) {
        // our own messages are sentences, a library's need the kind of the exception to be
        // understood
        boolean isOurs =
                cause.getClass().getName().startsWith("dev.sluice.")
                        || cause.getClass() == IOException.class;
        return isOurs ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
