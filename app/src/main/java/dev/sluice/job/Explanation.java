package dev.sluice.job;

import dev.sluice.sql.SqlMessage;
import dev.sluice.transfer.TransferFailure;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a run failed, for people: the first cause before its consequences, and what to do. A server
 * that was cut off reports 18210 with operating system error 995, which explains nothing; what
 * happened at our end comes first.
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

    /** What happened to a device. */
    static String of(TransferFailure failure) {
        return "device %d: %s".formatted(failure.device() + 1, said(failure.cause()));
    }

    /** The first cause, in a line or a few. */
    String cause() {
        if (failure != null) {
            return of(failure);
        }
        if (verdict instanceof Verdict.Failed failed && isServersDoing()) {
            String errors = errors(failed);
            return errors.isEmpty() ? said(failed.cause()) : errors;
        }
        return said(trouble);
    }

    /** The whole text. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                state == JobState.PREPARING
                        ? "%s was not started: %s".formatted(work.title(), cause())
                        : "%s failed: %s".formatted(work.title(), cause()));
        String consequence = verdict instanceof Verdict.Failed failed ? errors(failed) : "";
        if (!consequence.isEmpty() && !consequence.equals(cause())) {
            text.append("\nThe server reported: ").append(consequence);
        }
        String advice = advice();
        if (!advice.isEmpty()) {
            text.append("\n").append(advice);
        }
        return text.toString();
    }

    /** Whether what we met is only the echo of what the server did. */
    private boolean isServersDoing() {
        return trouble instanceof StatementFailedException
                || (trouble instanceof VdiException vdi && vdi.status() == VdiStatus.ABORT);
    }

    private String advice() {
        List<SqlMessage> messages = verdict == null ? List.of() : verdict.messages();
        Stream<String> onStatus =
                trouble instanceof VdiException vdi
                        ? ServerAdvice.on(vdi.status()).stream()
                        : Stream.empty();
        Stream<String> onMessages =
                messages.stream().flatMap(message -> ServerAdvice.on(message.number()).stream());
        return Stream.of(onStatus, onMessages, onLostSet())
                .flatMap(advice -> advice)
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /** The server's statement succeeded, and yet there is no set: only the server thinks it is. */
    private Stream<String> onLostSet() {
        return work.kind() == JobKind.BACKUP && verdict instanceof Verdict.Succeeded
                ? Stream.of(
                        "The server counts this backup as taken, although there is no set of it:"
                                + " take a full backup before the next differential one.")
                : Stream.empty();
    }

    private static String errors(Verdict.Failed failed) {
        return failed.messages().stream()
                .filter(SqlMessage::isError)
                .map(SqlMessage::toString)
                .collect(Collectors.joining("\n"));
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
