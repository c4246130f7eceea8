package dev.sluice.sql.embedded;

import dev.sluice.sql.SqlMessage;

import java.sql.SQLException;

/** The server's messages: SQL Server's numbers, our words. */
final class Messages {

    private Messages() {}

    private static SqlMessage error(int number, int severity, String text) {
        return new SqlMessage(number, severity, 1, text);
    }

    private static StatementException failure(int number, int severity, String text) {
        return new StatementException(error(number, severity, text));
    }

    static StatementException syntax(String near, int line, int column, String wanted) {
        String where = near.isEmpty() ? "the end of the statement" : "'" + near + "'";
        String hint = wanted.isEmpty() ? "" : " " + wanted + " is expected here.";
        return failure(
                102,
                15,
                "Incorrect syntax near %s (line %d, column %d).%s"
                        .formatted(where, line, column, hint));
    }

    static StatementException quoteNotClosed(String content, int line, int column) {
        return failure(
                105,
                15,
                "Unclosed quotation mark before '%s' (line %d, column %d)."
                        .formatted(content, line, column));
    }

    static StatementException commentNotClosed(int line, int column) {
        return failure(
                113,
                15,
                "Missing end comment mark '*/' for the comment at line %d, column %d."
                        .formatted(line, column));
    }

    static StatementException unknownOption(Token token, String verb) {
        return failure(
                155,
                15,
                "'%s' is not a %s option that this server knows (line %d, column %d)."
                        .formatted(token.text(), verb, token.line(), token.column()));
    }

    static StatementException badOption(String reason) {
        return failure(153, 15, "Invalid usage in the statement: " + reason + ".");
    }

    static SqlMessage shutDown() {
        return error(6005, 14, "The server is shutting down and accepts no statement.");
    }

    static SqlMessage internal(Throwable cause) {
        return error(
                211, 20, "The statement failed for a reason the server does not know: " + cause);
    }

    static StatementException unknownDatabase(String name) {
        return failure(
                911,
                16,
                "Database '%s' does not exist. Make sure that the name is entered correctly."
                        .formatted(name));
    }

    static StatementException isRestoring(String name) {
        return failure(
                927,
                14,
                "Database '%s' cannot be opened. It is in the middle of a restore."
                        .formatted(name));
    }

    static StatementException cannotOpen(String name, Exception cause) {
        String reason =
                cause instanceof SQLException sql && DataFiles.isOpenElsewhere(sql)
                        ? "Another process has its data file open; close that first."
                        : "The data file could not be opened: " + cause.getMessage();
        return new StatementException(
                error(5120, 16, "Database '%s' cannot be opened. %s".formatted(name, reason)),
                cause);
    }

    static StatementException databaseExists(String name) {
        return failure(
                1801,
                16,
                "Database '%s' already exists. Choose a different database name.".formatted(name));
    }

    static StatementException cannotCreate(String name, Exception cause) {
        return new StatementException(
                error(
                        1802,
                        16,
                        "CREATE DATABASE '%s' failed, its files could not be made: %s"
                                .formatted(name, cause.getMessage())),
                cause);
    }

    static StatementException cannotDropInUse(String name) {
        return failure(
                3702,
                16,
                "Cannot drop database \"%s\" because it is currently in use.".formatted(name));
    }

    static StatementException cannotDrop(String name, Exception cause) {
        return new StatementException(
                error(
                        3701,
                        16,
                        "Cannot drop database '%s', its files could not be removed: %s"
                                .formatted(name, cause.getMessage())),
                cause);
    }

    static StatementException notSerialized(String name) {
        return failure(
                3023,
                16,
                "Another BACKUP, RESTORE, CREATE or DROP runs on database '%s'; such operations on"
                                .formatted(name)
                        + " one database must be serialized. Issue the statement again when that"
                        + " one is over.");
    }
}
