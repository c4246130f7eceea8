package dev.sluice.sqlserver;

import dev.sluice.sql.TSqlTokens;
import dev.sluice.sql.TSqlTokens.Kind;
import dev.sluice.sql.TSqlTokens.Token;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the text of a statement; fails for anything it does not know. */
final class OrderReader {

    private static final Set<String> BACKUP_FLAGS =
            Set.of(
                    "DIFFERENTIAL",
                    "COPY_ONLY",
                    "FORMAT",
                    "CHECKSUM",
                    "NORECOVERY",
                    "NO_TRUNCATE",
                    "COMPRESSION",
                    "NO_COMPRESSION");
    private static final Set<String> RESTORE_FLAGS =
            Set.of("REPLACE", "RECOVERY", "NORECOVERY", "CHECKSUM");
    private static final Set<String> NUMBERS =
            Set.of("BLOCKSIZE", "BUFFERCOUNT", "MAXTRANSFERSIZE", "STATS", "FILE");
    private static final Set<String> LOOKS =
            Set.of("HEADERONLY", "FILELISTONLY", "LABELONLY", "VERIFYONLY");

    private final String text;
    private final List<Token> tokens;
    private final List<String> flags = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, String> moves = new LinkedHashMap<>();
    private @Nullable String standby;
    private Order.@Nullable Stop stop;
    private int next;

    private OrderReader(String text) {
        this.text = text;
        this.tokens = TSqlTokens.of(text);
    }

    static Order read(String text) {
        OrderReader reader = new OrderReader(text);
        Order order = reader.order();
        if (reader.next < reader.tokens.size()) {
            throw reader.unknown();
        }
        return order;
    }

    private Order order() {
        String verb = word();
        return switch (verb) {
            case "BACKUP" -> backup();
            case "RESTORE" -> restore();
            case "ALTER" -> access();
            case "USE" -> new Order.Use(next(Kind.WORD));
            default -> throw unknown();
        };
    }

    private Order backup() {
        String what = word();
        require(what.equals("DATABASE") || what.equals("LOG"));
        String database = next(Kind.NAME);
        expect("TO");
        List<String> devices = devices();
        options(BACKUP_FLAGS);
        return new Order.Backup(what.equals("LOG"), database, devices, sizes(), flags);
    }

    private Order restore() {
        String what = word();
        require(what.equals("DATABASE") || what.equals("LOG") || LOOKS.contains(what));
        String database = LOOKS.contains(what) ? "" : next(Kind.NAME);
        expect("FROM");
        List<String> devices = devices();
        options(RESTORE_FLAGS);
        require(numbers.getOrDefault("FILE", 1) == 1);
        return new Order.Restore(
                "RESTORE " + what, database, devices, sizes(), flags, standby, stop, moves);
    }

    private Order access() {
        expect("DATABASE");
        String database = next(Kind.NAME);
        expect("SET");
        String access = word();
        if (access.equals("SINGLE_USER")) {
            expect("WITH");
            expect("ROLLBACK");
            expect("IMMEDIATE");
            return new Order.Access(database, true);
        }
        require(access.equals("MULTI_USER"));
        return new Order.Access(database, false);
    }

    private List<String> devices() {
        List<String> devices = new ArrayList<>();
        do {
            expect("VIRTUAL_DEVICE");
            expect("=");
            devices.add(next(Kind.STRING));
        } while (skip(","));
        return devices;
    }

    private void options(Set<String> known) {
        if (!skip("WITH")) {
            return;
        }
        do {
            String option = word();
            if (NUMBERS.contains(option)) {
                expect("=");
                numbers.put(option, Integer.parseInt(next(Kind.NUMBER)));
            } else if (known.contains(option)) {
                flags.add(option);
            } else {
                text(option, known);
            }
        } while (skip(","));
    }

    /** The options with a text. */
    private void text(String option, Set<String> known) {
        if (known == BACKUP_FLAGS) {
            require(option.equals("NAME") || option.equals("DESCRIPTION"));
            expect("=");
            next(Kind.STRING);
            return;
        }
        switch (option) {
            case "MOVE" -> {
                String file = next(Kind.STRING);
                expect("TO");
                moves.put(file, next(Kind.STRING));
            }
            case "STANDBY" -> {
                expect("=");
                standby = next(Kind.STRING);
            }
            case "STOPAT" -> {
                expect("=");
                stop = new Order.Stop(option, "", LocalDateTime.parse(next(Kind.STRING)));
            }
            case "STOPATMARK", "STOPBEFOREMARK" -> {
                expect("=");
                String mark = next(Kind.STRING);
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

    private String next(Kind kind) {
        require(next < tokens.size() && tokens.get(next).kind() == kind);
        return tokens.get(next++).content();
    }

    /** Takes a keyword or a symbol if it is the next. */
    private boolean skip(String content) {
        boolean here =
                next < tokens.size()
                        && tokens.get(next).kind() != Kind.STRING
                        && tokens.get(next).kind() != Kind.NAME
                        && tokens.get(next).content().equals(content);
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
