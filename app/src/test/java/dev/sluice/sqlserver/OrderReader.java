package dev.sluice.sqlserver;

import dev.sluice.sql.TSqlTokens;
import dev.sluice.sql.TSqlTokens.Kind;
import dev.sluice.sql.TSqlTokens.Token;
import dev.sluice.sql.UserAccess;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the text of a statement. What SQL Server refuses, fails as it does there; the test ends by
 * anything else that is not known here.
 */
final class OrderReader {

    private static final Set<String> BACKUP_FLAGS =
            Set.of(
                    "DIFFERENTIAL",
                    "COPY_ONLY",
                    "FORMAT",
                    "CHECKSUM",
                    "CONTINUE_AFTER_ERROR",
                    "NORECOVERY",
                    "NO_TRUNCATE",
                    "NO_COMPRESSION");
    private static final Set<String> RESTORE_FLAGS =
            Set.of("PARTIAL", "REPLACE", "RECOVERY", "NORECOVERY", "CHECKSUM");
    private static final Set<String> NUMBERS =
            Set.of("BLOCKSIZE", "BUFFERCOUNT", "MAXTRANSFERSIZE", "STATS", "FILE");
    private static final Set<String> LOOKS = Set.of("HEADERONLY", "FILELISTONLY", "VERIFYONLY");

    /** Pairs of options that exclude each other. */
    private static final List<List<String>> CONFLICTS =
            List.of(
                    List.of("RECOVERY", "NORECOVERY"),
                    List.of("STANDBY", "NORECOVERY"),
                    List.of("STANDBY", "RECOVERY"),
                    List.of("COMPRESSION", "NO_COMPRESSION"));

    private static final int SQL_SERVER_2022 = 16;
    private static final int SQL_SERVER_2025 = 17;
    private static final String PLAIN_COMPRESSION = "MS_XPRESS";
    private static final int MAX_TRANSFER_SIZE = 4 << 20;
    private static final int TRANSFER_UNIT = 64 << 10;

    private final String text;
    private final int version;
    private final List<Token> tokens;
    private final List<String> given = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> moves = new LinkedHashMap<>();
    private String compression = "";
    private Order.@Nullable Stop stop;
    private int next;

    private OrderReader(String text, int version) {
        this.text = text;
        this.version = version;
        this.tokens = TSqlTokens.of(text);
    }

    /**
     * Reads a statement.
     *
     * @param version of the server, such as 16
     */
    static Order read(String text, int version) throws StatementFailed {
        OrderReader reader = new OrderReader(text, version);
        Order order = reader.order();
        if (reader.next < reader.tokens.size()) {
            throw reader.unknown();
        }
        return order;
    }

    private Order order() throws StatementFailed {
        String verb = word();
        return switch (verb) {
            case "BACKUP" -> backup();
            case "RESTORE" -> restore();
            case "ALTER" -> access();
            case "USE" -> new Order.Use(next(Kind.WORD));
            default -> throw unknown();
        };
    }

    private Order backup() throws StatementFailed {
        String what = word();
        require(what.equals("DATABASE") || what.equals("LOG"));
        boolean log = what.equals("LOG");
        String database = next(Kind.NAME);
        Order.Part part = part(log);
        expect("TO");
        List<String> devices = devices();
        options(BACKUP_FLAGS);
        for (String ofLog : List.of("NORECOVERY", "NO_TRUNCATE")) {
            if (!log && given.contains(ofLog)) {
                throw ServerMessages.notSupported(ofLog);
            }
        }
        if (log && given.contains("DIFFERENTIAL")) {
            throw ServerMessages.notSupported("DIFFERENTIAL");
        }
        return new Order.Backup(
                log,
                database,
                part,
                devices,
                sizes(),
                given,
                compression,
                texts.getOrDefault("NAME", ""),
                texts.getOrDefault("DESCRIPTION", ""));
    }

    private Order restore() throws StatementFailed {
        String what = word();
        require(what.equals("DATABASE") || what.equals("LOG") || LOOKS.contains(what));
        boolean looks = LOOKS.contains(what);
        String database = looks ? "" : next(Kind.NAME);
        if (what.equals("DATABASE") && !isNext("FROM") && isNext("WITH")) {
            options(RESTORE_FLAGS);
            require(given.equals(List.of("RECOVERY")));
            return new Order.Recover(database);
        }
        Order.Part part = part(looks || what.equals("LOG"));
        expect("FROM");
        List<String> devices = devices();
        options(RESTORE_FLAGS);
        require(numbers.getOrDefault("FILE", 1) == 1);
        boolean isTimed = stop == null || stop.time() != null || stop.isAtLsn();
        if (what.equals("DATABASE") && !isTimed) {
            throw ServerMessages.stopOfLogs();
        }
        return new Order.Restore(
                "RESTORE " + what,
                database,
                part,
                devices,
                sizes(),
                given,
                texts.get("STANDBY"),
                stop,
                moves);
    }

    /** The files and filegroups between the database's name and the devices. */
    private Order.Part part(boolean none) {
        List<String> files = new ArrayList<>();
        List<String> filegroups = new ArrayList<>();
        boolean readWrite = false;
        boolean more = !isNext("TO") && !isNext("FROM");
        require(!none || !more);
        while (more) {
            switch (word()) {
                case "FILE" -> files.add(afterEqual());
                case "FILEGROUP" -> filegroups.add(afterEqual());
                case "READ_WRITE_FILEGROUPS" -> readWrite = true;
                default -> throw unknown();
            }
            more = skip(",");
        }
        // a partial backup takes read-only filegroups besides, and no single files
        require(!readWrite || files.isEmpty());
        return new Order.Part(files, filegroups, readWrite);
    }

    private Order access() {
        expect("DATABASE");
        String database = next(Kind.NAME);
        expect("SET");
        UserAccess access =
                switch (word()) {
                    case "SINGLE_USER" -> UserAccess.SINGLE_USER;
                    case "RESTRICTED_USER" -> UserAccess.RESTRICTED_USER;
                    case "MULTI_USER" -> UserAccess.MULTI_USER;
                    default -> throw unknown();
                };
        if (access != UserAccess.MULTI_USER) {
            expect("WITH");
            expect("ROLLBACK");
            expect("IMMEDIATE");
        }
        return new Order.Access(database, access);
    }

    private List<String> devices() {
        List<String> devices = new ArrayList<>();
        do {
            expect("VIRTUAL_DEVICE");
            devices.add(afterEqual());
        } while (skip(","));
        return devices;
    }

    private void options(Set<String> known) throws StatementFailed {
        if (!skip("WITH")) {
            return;
        }
        do {
            String option = word();
            if (NUMBERS.contains(option)) {
                expect("=");
                numbers.put(option, Integer.parseInt(next(Kind.NUMBER)));
            } else if (known.contains(option)) {
                given.add(option);
            } else if (known == BACKUP_FLAGS) {
                ofBackup(option);
            } else {
                ofRestore(option);
            }
        } while (skip(","));
        for (List<String> pair : CONFLICTS) {
            Set<String> all = new HashSet<>(given);
            all.addAll(texts.keySet());
            if (all.containsAll(pair)) {
                throw ServerMessages.conflict(pair.get(1), pair.get(0));
            }
        }
        checkSizes();
    }

    private void checkSizes() throws StatementFailed {
        int block = numbers.getOrDefault("BLOCKSIZE", 512);
        if (Integer.bitCount(block) != 1) {
            throw ServerMessages.noPowerOfTwo();
        }
        int transfer = numbers.getOrDefault("MAXTRANSFERSIZE", TRANSFER_UNIT);
        if (transfer % TRANSFER_UNIT != 0 || transfer > MAX_TRANSFER_SIZE) {
            throw ServerMessages.invalidValue("MAXTRANSFERSIZE");
        }
    }

    private void ofBackup(String option) throws StatementFailed {
        switch (option) {
            case "NAME", "DESCRIPTION" -> texts.put(option, afterEqual());
            case "COMPRESSION" -> {
                given.add(option);
                compression = compression();
            }
            default -> throw unknown();
        }
    }

    /** A version that does not know a word, takes it for a mistake in the syntax. */
    private String compression() throws StatementFailed {
        if (!isNext("(")) {
            return PLAIN_COMPRESSION;
        }
        requireSyntax(version >= SQL_SERVER_2022);
        expect("(");
        expect("ALGORITHM");
        expect("=");
        requireSyntax(!isNext("ZSTD") || version >= SQL_SERVER_2025);
        String algorithm = word();
        // the other one needs hardware, or Windows
        require(algorithm.equals(PLAIN_COMPRESSION) || algorithm.equals("ZSTD"));
        if (isNext(",")) {
            requireSyntax(version >= SQL_SERVER_2025);
            expect(",");
            expect("LEVEL");
            expect("=");
            require(Set.of("LOW", "MEDIUM", "HIGH").contains(word()));
        }
        expect(")");
        return algorithm;
    }

    private void requireSyntax(boolean known) throws StatementFailed {
        if (!known) {
            throw ServerMessages.syntax(tokens.get(next).content());
        }
    }

    private void ofRestore(String option) {
        switch (option) {
            case "MOVE" -> {
                String file = next(Kind.STRING);
                expect("TO");
                moves.put(file, next(Kind.STRING));
            }
            case "STANDBY" -> texts.put(option, afterEqual());
            case "STOPAT" -> stop = new Order.Stop(option, "", LocalDateTime.parse(afterEqual()));
            case "STOPATMARK", "STOPBEFOREMARK" -> {
                String mark = afterEqual();
                LocalDateTime after = skip("AFTER") ? LocalDateTime.parse(next(Kind.STRING)) : null;
                stop = new Order.Stop(option, mark, after);
            }
            default -> throw unknown();
        }
    }

    private Order.Sizes sizes() {
        return new Order.Sizes(
                numbers.getOrDefault("BLOCKSIZE", 0),
                numbers.getOrDefault("BUFFERCOUNT", 0),
                numbers.getOrDefault("MAXTRANSFERSIZE", 0),
                numbers.getOrDefault("STATS", 0));
    }

    private String word() {
        return next(Kind.WORD);
    }

    private String afterEqual() {
        expect("=");
        return next(Kind.STRING);
    }

    private String next(Kind kind) {
        require(next < tokens.size() && tokens.get(next).kind() == kind);
        return tokens.get(next++).content();
    }

    /** Whether a keyword or a symbol is the next. */
    private boolean isNext(String content) {
        return next < tokens.size()
                && tokens.get(next).kind() != Kind.STRING
                && tokens.get(next).kind() != Kind.NAME
                && tokens.get(next).content().equals(content);
    }

    /** Takes a keyword or a symbol if it is the next. */
    private boolean skip(String content) {
        boolean here = isNext(content);
        next += here ? 1 : 0;
        return here;
    }

    private void expect(String content) {
        require(skip(content));
    }

    private void require(boolean known) {
        if (!known) {
            throw unknown();
        }
    }

    private AssertionError unknown() {
        String where = next < tokens.size() ? tokens.get(next).content() : "the end";
        return new AssertionError(
                "the double does not know, at or before %s: %s".formatted(where, text));
    }
}
