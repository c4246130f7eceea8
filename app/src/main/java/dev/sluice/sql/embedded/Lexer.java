package dev.sluice.sql.embedded;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a statement into tokens, the way T-SQL does. */
final class Lexer {

    private static final String SYMBOLS = "=,();";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private int lineStart;

    private Lexer(String text) {
        this.text = text;
    }

    /**
     * The tokens of a text, the last of them {@link Token.Kind#END}.
     *
     * @throws StatementException with message 102, 105 or 113 and the place
     */
    static List<Token> tokens(String text) throws StatementException {
        Lexer lexer = new Lexer(text);
        while (lexer.skipBlanks()) {
            lexer.token();
        }
        lexer.add(Token.Kind.END, "", lexer.position);
        return List.copyOf(lexer.tokens);
    }

    /** Moves over blanks and comments; false at the end of the text. */
    private boolean skipBlanks() throws StatementException {
        while (position < text.length()) {
            if (text.startsWith("--", position)) {
                skipLineComment();
            } else if (text.startsWith("/*", position)) {
                skipBlockComment();
            } else if (Character.isWhitespace(text.charAt(position))) {
                advance();
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipLineComment() {
        while (position < text.length() && text.charAt(position) != '\n') {
            advance();
        }
    }

    /** A comment ends when every comment in it has ended. */
    private void skipBlockComment() throws StatementException {
        int startLine = line;
        int startColumn = column(position);
        int depth = 0;
        do {
            if (position >= text.length()) {
                throw Messages.commentNotClosed(startLine, startColumn);
            }
            int step =
                    text.startsWith("/*", position) ? 1 : text.startsWith("*/", position) ? -1 : 0;
            depth += step;
            advance();
            if (step != 0) {
                advance();
            }
        } while (depth > 0);
    }

    private void token() throws StatementException {
        char first = text.charAt(position);
        if (first == '[') {
            quoted(Token.Kind.NAME, position, ']');
        } else if (first == '"') {
            quoted(Token.Kind.NAME, position, '"');
        } else if (first == '\'') {
            quoted(Token.Kind.STRING, position, '\'');
        } else if ((first == 'N' || first == 'n') && text.startsWith("'", position + 1)) {
            advance();
            quoted(Token.Kind.STRING, position - 1, '\'');
        } else if (isDigit(first)) {
            run(Token.Kind.NUMBER);
        } else if (isWordPart(first)) {
            run(Token.Kind.WORD);
        } else {
            symbol(first);
        }
    }

    private void symbol(char symbol) throws StatementException {
        if (SYMBOLS.indexOf(symbol) < 0) {
            int end = text.offsetByCodePoints(position, 1);
            throw Messages.syntax(text.substring(position, end), line, column(position), "");
        }
        add(Token.Kind.SYMBOL, String.valueOf(symbol), position);
        advance();
    }

    /** Digits only, or a word that begins with something else. */
    private void run(Token.Kind kind) {
        int start = position;
        while (position < text.length() && belongs(kind, text.charAt(position))) {
            advance();
        }
        add(kind, text.substring(start, position), start);
    }

    private static boolean belongs(Token.Kind kind, char character) {
        return kind == Token.Kind.NUMBER ? isDigit(character) : isWordPart(character);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || "_@#$".indexOf(character) >= 0;
    }

    /** Reads up to the closing quote; a doubled one stands for itself. */
    private void quoted(Token.Kind kind, int start, char close) throws StatementException {
        int startLine = line;
        int startColumn = column(start);
        StringBuilder content = new StringBuilder();
        advance();
        while (true) {
            if (position >= text.length()) {
                throw Messages.quoteNotClosed(content.toString(), startLine, startColumn);
            }
            char character = text.charAt(position);
            advance();
            if (character == close) {
                if (position >= text.length() || text.charAt(position) != close) {
                    break;
                }
                advance();
            }
            content.append(character);
        }
        tokens.add(new Token(kind, content.toString(), startLine, startColumn));
    }

    private void add(Token.Kind kind, String content, int start) {
        tokens.add(new Token(kind, content, line, column(start)));
    }

    private int column(int at) {
        return at - lineStart + 1;
    }

    private void advance() {
        if (text.charAt(position++) == '\n') {
            line++;
            lineStart = position;
        }
    }
}
