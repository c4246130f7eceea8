package dev.sluice.tds;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a client wants executed.
 *
 * @param text T-SQL as the client sent it: a batch, or the text of a prepared statement whose
 *     parameters are called {@code @P0}, {@code @P1} and so on
 * @param parameters their values in this order, as {@link SqlType} says; empty for a batch
 * @param session the number of its session, {@code @@SPID}
 */
public record Request(String text, List<@Nullable Object> parameters, int session) {}
