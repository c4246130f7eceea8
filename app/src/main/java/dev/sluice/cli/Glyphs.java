package dev.sluice.cli;

import dev.sluice.doctor.Check;
import dev.sluice.job.BufferUse;
import dev.sluice.job.DrainStep;

import java.nio.charset.Charset;
import java.util.List;

/**
 * The signs the views draw with.
 *
 * @param full a done part of the bar
 * @param empty a part still to do
 * @param buffers the uses of a buffer, in the order of {@link BufferUse}
 * @param steps a step of the drain, in the order of {@link DrainStep.Status}
 * @param checks what a check found, in the order of {@link Check.State}
 * @param arrow between the states of a job
 */
record Glyphs(
        char full, char empty, String buffers, List<String> steps, String checks, String arrow) {

    /** For terminals that know ASCII only. */
    static final Glyphs ASCII =
            new Glyphs('#', '-', ".sqxhrdw", List.of("[ ]", "[>]", "[x]"), "+!x-", " > ");

    /** For terminals of our time. */
    static final Glyphs UNICODE =
            new Glyphs('█', '░', "·▒▓✓□▼◆█", List.of("○", "◐", "●"), "✓!✗–", " › ");

    /** The best a terminal with this encoding can show. */
    static Glyphs of(Charset charset) {
        boolean able = charset.canEncode() && charset.newEncoder().canEncode("█░▒▓□▼◆◐✓✗›");
        return able ? UNICODE : ASCII;
    }

    /** The sign for a buffer of this use. */
    char of(BufferUse use) {
        return switch (use) {
            case FREE -> buffers.charAt(0);
            case SERVER -> buffers.charAt(1);
            case QUEUED -> buffers.charAt(2);
            case RETURNED -> buffers.charAt(3);
            case HELD -> buffers.charAt(4);
            case READING -> buffers.charAt(5);
            case CHECKING -> buffers.charAt(6);
            case WRITING -> buffers.charAt(7);
        };
    }

    /** The sign for what a check found. */
    char of(Check.State state) {
        return switch (state) {
            case OK -> checks.charAt(0);
            case WARNING -> checks.charAt(1);
            case FAILED -> checks.charAt(2);
            case NOT_APPLICABLE -> checks.charAt(3);
        };
    }

    /** The sign for a step that has come so far. */
    String of(DrainStep.Status status) {
        return switch (status) {
            case PENDING -> steps.get(0);
            case ACTIVE -> steps.get(1);
            case DONE -> steps.get(2);
        };
    }
}
