package dev.sluice.cli;

import dev.sluice.doctor.Check;
import dev.sluice.job.DrainStep;
import dev.sluice.vdi.DeviceSetObservation.Holder;

import java.nio.charset.Charset;
import java.util.List;

/**
 * The signs the views draw with.
 *
 * @param full a done part of the bar
 * @param empty a part still to do
 * @param buffers the holders of a buffer, in the order of {@link Holder}
 * @param steps a step of the drain, in the order of {@link DrainStep.Status}
 * @param checks what a check found, in the order of {@link Check.State}
 * @param arrow between the states of a job
 */
record Glyphs(
        char full, char empty, String buffers, List<String> steps, String checks, String arrow) {

    /** For terminals that know ASCII only. */
    static final Glyphs ASCII =
            new Glyphs('#', '-', ".sq#", List.of("[ ]", "[>]", "[x]"), "+!x-", " > ");

    /** For terminals of our time. */
    static final Glyphs UNICODE =
            new Glyphs('█', '░', "·▒▓█", List.of("○", "◐", "●"), "✓!✗–", " › ");

    /** The best a terminal with this encoding can show. */
    static Glyphs of(Charset charset) {
        boolean able = charset.canEncode() && charset.newEncoder().canEncode("█░▒▓◐✓✗›");
        return able ? UNICODE : ASCII;
    }

    /** The sign for a buffer in these hands. */
    char of(Holder holder) {
        return switch (holder) {
            case FREE -> buffers.charAt(0);
            case SERVER -> buffers.charAt(1);
            case QUEUED -> buffers.charAt(2);
            case CLIENT -> buffers.charAt(3);
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
