package dev.sluice.job;

import dev.sluice.media.BackupSetException;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.transfer.DamagedDataException;
import dev.sluice.transfer.TransferFailure;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    private static final KnownCode ABORTED =
            KnownCode.of(CompletionCode.OPERATION_ABORTED.explanation());

    /** A defect of ours. */
    static Told ofDefect(JobWork work, Throwable defect) {
        return Told.of("end.defect", work.title(), defect.toString());
    }

    /** What is left could not be removed. */
    static Told ofCleanUp(JobWork work, IOException cause) {
        return Told.of("end.notRemoved", work.title(), said(cause));
    }

    /** What happened to a device, and what the server was told. */
    static Told of(TransferFailure failure) {
        int device = failure.device() + 1;
        CompletionCode answer = failure.answer();
        return answer == null
                ? Told.of("why.device", device, said(failure.cause()))
                : Told.of(
                        "why.device.answered",
                        device,
                        said(failure.cause()),
                        Told.of(answer.explanation().said()));
    }

    /** The first cause, in a line or a few. */
    Told cause() {
        if (failure != null) {
            return of(failure);
        }
        if (verdict instanceof Verdict.Failed failed && isServersDoing()) {
            return errors().isEmpty() ? said(failed.cause()) : Told.asIs(errors());
        }
        return said(trouble);
    }

    /** The whole text. */
    Told text() {
        List<Told> lines = new ArrayList<>();
        lines.add(
                state == JobState.PREPARING
                        ? Told.of("end.notStarted", work.title(), cause())
                        : Told.of("end.failed", work.title(), cause()));
        if (!cause().english().contains(errors())) {
            lines.add(Told.of("why.server", errors()));
        }
        if (trouble instanceof VdiException && !cause().equals(said(trouble)) && isEcho()) {
            lines.add(Told.of("why.here", said(trouble)));
        }
        KnownCode own = ownCode();
        List<KnownCode> codes = own == null ? systemErrors() : List.of(own);
        String told = Told.lines(lines).english();
        codes.stream()
                .filter(code -> !told.contains(code.name().english()))
                .map(Explanation::inWords)
                .forEach(lines::add);
        // what failed at this end is the cause, and what the server says of it no more than that
        List<ServerAdvice> advice = own == null && failure == null ? advice(codes) : List.of();
        Stream.concat(
                        advice.stream().map(ServerAdvice::happened),
                        codes.stream().map(KnownCode::likelyCause))
                .map(cause -> Told.of("why.likely", cause))
                .forEach(lines::add);
        Stream<Told> known =
                Stream.concat(
                        advice.stream().map(ServerAdvice::whatToDo),
                        codes.stream().map(KnownCode::whatToDo));
        Stream.concat(known, onLostSet()).map(Explanation::toDo).forEach(lines::add);
        // several rows of a table may say the same
        Set<String> seen = new HashSet<>();
        return Told.lines(lines.stream().filter(line -> seen.add(line.english())).toList());
    }

    /**
     * Whether the set that was read is damaged, rather than out of reach of who read it: its stored
     * bytes are not those that were written, or the server refuses it for what it holds.
     */
    boolean isDamage() {
        if (failure != null) {
            return failure.cause() instanceof DamagedDataException;
        }
        if (trouble instanceof BackupSetException unopened) {
            return unopened.isDamage();
        }
        return verdict instanceof Verdict.Failed failed
                && isServersDoing()
                && work.isForServerToJudge()
                && ServerAdvice.isDamage(failed.messages());
    }

    /** A line that tells what to do. */
    static Told toDo(Told what) {
        return Told.of("why.toDo", what);
    }

    private static Told inWords(KnownCode code) {
        return Told.of("why.system", code.asServersHaveIt(), code.inWords());
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
        return switch (ServerAdvice.placeOf(message)) {
            case CAUSE -> false;
            case DEVICE -> SystemErrors.in(message).allMatch(ABORTED::equals);
            case CONSEQUENCE -> true;
        };
    }

    /** The operating system's errors that the server speaks of. */
    private List<KnownCode> systemErrors() {
        List<KnownCode> found = serversErrors().flatMap(SystemErrors::in).distinct().toList();
        // that its devices were aborted, the server says of whatever made it give up
        return saysACause() ? found.stream().filter(code -> !ABORTED.equals(code)).toList() : found;
    }

    private boolean saysACause() {
        return serversErrors()
                .anyMatch(message -> ServerAdvice.placeOf(message) == ServerAdvice.Place.CAUSE);
    }

    /** What the server's messages mean: the causes, or else the nearest to one. */
    private List<ServerAdvice> advice(List<KnownCode> codes) {
        if (saysACause() || !codes.isEmpty()) {
            return serversErrors()
                    .flatMap(message -> ServerAdvice.on(message).stream())
                    .filter(advice -> advice.place() == ServerAdvice.Place.CAUSE)
                    .distinct()
                    .toList();
        }
        return serversErrors()
                .flatMap(message -> ServerAdvice.on(message).stream())
                .limit(1)
                .toList();
    }

    private @Nullable KnownCode ownCode() {
        if (failure != null) {
            CompletionCode answer = failure.answer();
            return answer == null ? codeOf(failure.cause()) : KnownCode.of(answer.explanation());
        }
        return isServersDoing() && !isEcho() ? null : codeOf(trouble);
    }

    private static @Nullable KnownCode codeOf(Throwable cause) {
        return cause instanceof VdiException vdi ? KnownCode.of(vdi.explanation()) : null;
    }

    /** The server's statement succeeded, and yet there is no set: only the server thinks it is. */
    private Stream<Told> onLostSet() {
        return verdict instanceof Verdict.Succeeded ? work.onLostSet().stream() : Stream.empty();
    }

    /** The server's errors, the causes before what follows from them. */
    private Stream<SqlMessage> serversErrors() {
        List<SqlMessage> messages =
                verdict instanceof Verdict.Failed failed
                        ? failed.messages()
                        : trouble instanceof SqlServerException said ? said.messages() : List.of();
        return messages.stream()
                .filter(SqlMessage::isError)
                .sorted(Comparator.comparing(ServerAdvice::placeOf));
    }

    private String errors() {
        return serversErrors().map(SqlMessage::toString).collect(Collectors.joining("\n"));
    }

    private static Told said(Throwable cause) {
        // our own messages are sentences, a library's need the kind of the exception to be
        // understood
        boolean isOurs =
                cause.getClass().getName().startsWith("dev.sluice.")
                        || cause.getClass() == IOException.class;
        return isOurs ? Told.of(cause) : Told.asIs(cause.toString());
    }
}
