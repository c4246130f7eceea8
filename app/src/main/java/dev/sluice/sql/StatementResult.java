package dev.sluice.sql;

import java.util.List;

/**
 * What a statement that succeeded said.
 *
 * @param messages in order
 * @param tables in order
 */
public record StatementResult(List<SqlMessage> messages, List<ResultTable> tables) {}
