package dev.sluice.sql.embedded;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TSql;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the statements the embedded server understands, by recursive descent: BACKUP and RESTORE
 * with VIRTUAL_DEVICE clauses, CREATE DATABASE, DROP DATABASE. What SQL Server can do and this
 * server cannot is refused by its name.
 */
final class Parser {

    private static final Set<String> PARTS =
            Set.of("FILE", "FILEGROUP", "READ_WRITE_FILEGROUPS", "PAGE");

    private final List<Token> tokens;
    private int next;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads one statement.
     *
     * @throws StatementException with message 102 and the place, 155 for an unknown option, 3032 or
     *     another for what this server cannot do
     */
    static Statement parse(String text) throws StatementException {
        Parser parser = new Parser(Lexer.tokens(text));
        try {
            return parser.statement();
        } catch (IllegalArgumentException e) {
            throw Messages.badOption(String.valueOf(e.getMessage()));
        }
    }

    private Statement statement() throws StatementException {
        Statement statement =
                switch (peek().text().toUpperCase(Locale.ROOT)) {
                    case "BACKUP" -> backup();
                    case "RESTORE" -> restore();
                    case "CREATE" ->
                            new Statement.CreateDatabase(TSql.checkName(nameAfter("CREATE")));
                    case "DROP" -> new Statement.DropDatabase(nameAfter("DROP"));
                    default ->
                            throw unexpected("BACKUP, RESTORE, CREATE DATABASE or DROP DATABASE");
                };
        takeSymbol(";");
        if (peek().kind() != Token.Kind.END) {
            throw unexpected("the end of the statement");
        }
        return statement;
    }

    private String nameAfter(String verb) throws StatementException {
        word(verb);
        word("DATABASE");
        return name();
    }

    private Statement backup() throws StatementException {
        word("BACKUP");
        boolean log = takeWord("LOG");
        if (!log) {
            word("DATABASE");
        }
        String database = wholeDatabase();
        word("TO");
        List<String> devices = devices();
        BackupOptions options = new BackupOptions();
        with(options);
        if (log && options.differential) {
            throw Messages.notSupported("DIFFERENTIAL", "a log backup has no base");
        }
        BackupType type =
                log
                        ? BackupType.LOG
                        : options.differential ? BackupType.DIFFERENTIAL : BackupType.FULL;
        return new Statement.Backup(
                new BackupStatement(
                        type, database, new Scope.WholeDatabase(), devices, options.description()));
    }

    private Statement restore() throws StatementException {
        word("RESTORE");
        RestoreStatement.Kind kind = restoreKind();
        String database = kind == RestoreStatement.Kind.DATABASE ? wholeDatabase() : "";
        word("FROM");
        List<String> devices = devices();
        RestoreOptions options = new RestoreOptions(kind);
        with(options);
        return new Statement.Restore(
                new RestoreStatement(
                        kind, database, new Scope.WholeDatabase(), devices, options.description()));
    }

    private RestoreStatement.Kind restoreKind() throws StatementException {
        if (peek().isWord("LOG")) {
            throw Messages.noLogRestore();
        }
        for (RestoreStatement.Kind kind : RestoreStatement.Kind.values()) {
            if (takeWord(kind.name())) {
                return kind;
            }
        }
        throw unexpected("DATABASE, VERIFYONLY, HEADERONLY, FILELISTONLY or LABELONLY");
    }

    private String wholeDatabase() throws StatementException {
        String database = name();
        String part = peek().text().toUpperCase(Locale.ROOT);
        if (peek().kind() == Token.Kind.WORD && PARTS.contains(part)) {
            throw Messages.notSupported(
                    part, "a database of this server is one file, which is taken whole");
        }
        return database;
    }

    private List<String> devices() throws StatementException {
        List<String> devices = new ArrayList<>();
        do {
            word("VIRTUAL_DEVICE");
            symbol("=");
            devices.add(string());
        } while (takeSymbol(","));
        return devices;
    }

    private void with(Options options) throws StatementException {
        if (takeWord("WITH")) {
            do {
                option(options);
            } while (takeSymbol(","));
        }
    }

    private void option(Options options) throws StatementException {
        Token token = peek();
        if (token.kind() != Token.Kind.WORD) {
            throw unexpected("an option");
        }
        next++;
        if (!options.take(token.text().toUpperCase(Locale.ROOT), this)) {
            throw Messages.unknownOption(token, options.verb());
        }
    }

    private int number() throws StatementException {
        symbol("=");
        Token token = peek();
        if (token.kind() != Token.Kind.NUMBER || token.text().length() > 9) {
            throw unexpected("a number of at most nine digits");
        }
        next++;
        return Integer.parseInt(token.text());
    }

    private String text() throws StatementException {
        symbol("=");
        return string();
    }

    private String string() throws StatementException {
        return take(Token.Kind.STRING, "a string");
    }

    private String name() throws StatementException {
        return take(peek().kind() == Token.Kind.NAME ? Token.Kind.NAME : Token.Kind.WORD, "a name");
    }

    private String take(Token.Kind kind, String what) throws StatementException {
        Token token = peek();
        if (token.kind() != kind) {
            throw unexpected(what);
        }
        next++;
        return token.text();
    }

    private void word(String keyword) throws StatementException {
        if (!takeWord(keyword)) {
            throw unexpected(keyword);
        }
    }

    private void symbol(String symbol) throws StatementException {
        if (!takeSymbol(symbol)) {
            throw unexpected("\"" + symbol + "\"");
        }
    }

    private boolean takeWord(String keyword) {
        return take(peek().isWord(keyword));
    }

    private boolean takeSymbol(String symbol) {
        return take(peek().isSymbol(symbol));
    }

    private boolean take(boolean fits) {
        next += fits ? 1 : 0;
        return fits;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private StatementException unexpected(String wanted) {
        Token token = peek();
        return Messages.syntax(token.text(), token.line(), token.column(), wanted);
    }

    /** A WITH clause while it is read. */
    private abstract static class Options {

        private boolean checksum;
        private int blockSize;
        private int bufferCount;
        private int maxTransferSize;
        private int stats;

        abstract String verb();

        /** Reads an option whose keyword has been taken; false when there is none such. */
        boolean take(String keyword, Parser parser) throws StatementException {
            switch (keyword) {
                case "CHECKSUM" -> checksum = true;
                case "NO_CHECKSUM" -> checksum = false;
                // what this server does in any case
                case "STOP_ON_ERROR" -> {}
                case "BLOCKSIZE" -> blockSize = parser.number();
                case "BUFFERCOUNT" -> bufferCount = parser.number();
                case "MAXTRANSFERSIZE" -> maxTransferSize = parser.number();
                case "STATS" -> stats = parser.peek().isSymbol("=") ? parser.number() : 10;
                default -> {
                    return false;
                }
            }
            return true;
        }

        TransferOptions transfer() {
            return new TransferOptions(blockSize, bufferCount, maxTransferSize);
        }
    }

    private static final class BackupOptions extends Options {

        private boolean differential;
        private boolean copyOnly;
        private boolean format;
        private boolean noRecovery;
        private boolean noTruncate;
        private Compression compression = new Compression.ServerDefault();
        private String name = "";
        private String description = "";

        @Override
        String verb() {
            return "BACKUP";
        }

        @Override
        boolean take(String keyword, Parser parser) throws StatementException {
            switch (keyword) {
                case "DIFFERENTIAL" -> differential = true;
                case "COPY_ONLY" -> copyOnly = true;
                case "FORMAT" -> format = true;
                // a virtual device begins empty
                case "NOFORMAT", "INIT" -> {}
                case "NO_COMPRESSION" -> compression = new Compression.None();
                case "COMPRESSION" -> throw Messages.noCompression();
                case "NORECOVERY" -> noRecovery = true;
                case "NO_TRUNCATE" -> noTruncate = true;
                case "STANDBY" -> throw Messages.notSupported(keyword, "this server keeps no log");
                case "NAME" -> name = parser.text();
                case "DESCRIPTION" -> description = parser.text();
                default -> {
                    return super.take(keyword, parser);
                }
            }
            return true;
        }

        BackupStatement.Options description() {
            return new BackupStatement.Options(
                    copyOnly,
                    super.checksum,
                    format,
                    compression,
                    transfer(),
                    super.stats,
                    name,
                    description,
                    TailLog.of(noRecovery, noTruncate));
        }
    }

    private static final class RestoreOptions extends Options {

        private final RestoreStatement.Kind kind;
        private final List<RestoreStatement.Move> moves = new ArrayList<>();
        private int file;
        private boolean replace;
        private boolean recovery;
        private boolean noRecovery;

        RestoreOptions(RestoreStatement.Kind kind) {
            this.kind = kind;
        }

        @Override
        String verb() {
            return "RESTORE";
        }

        @Override
        boolean take(String keyword, Parser parser) throws StatementException {
            switch (keyword) {
                case "FILE" -> file = parser.number();
                case "REPLACE" -> replace = true;
                case "NORECOVERY" -> noRecovery = true;
                case "RECOVERY" -> recovery = true;
                case "STANDBY", "STOPAT", "STOPATMARK", "STOPBEFOREMARK" ->
                        throw Messages.notSupported(keyword, "this server keeps no log");
                case "PARTIAL" ->
                        throw Messages.notSupported(
                                keyword, "a database of this server has one filegroup");
                case "MOVE" -> moves.add(move(parser));
                default -> {
                    return super.take(keyword, parser);
                }
            }
            return true;
        }

        private RestoreStatement.Move move(Parser parser) throws StatementException {
            if (kind == RestoreStatement.Kind.VERIFYONLY) {
                throw Messages.notSupported("MOVE", "this server verifies the backup alone");
            }
            String logicalName = parser.string();
            parser.word("TO");
            return new RestoreStatement.Move(logicalName, parser.string());
        }

        RestoreStatement.Options description() throws StatementException {
            if (recovery && noRecovery) {
                throw Messages.conflict("NORECOVERY", "RECOVERY");
            }
            return new RestoreStatement.Options(
                    file,
                    super.checksum,
                    replace,
                    false,
                    noRecovery ? new Recovery.NoRecovery() : new Recovery.Recover(),
                    new StopAt.End(),
                    moves,
                    transfer(),
                    super.stats);
        }
    }
}
