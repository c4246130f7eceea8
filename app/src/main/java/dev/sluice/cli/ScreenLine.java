package dev.sluice.cli;

/**
 * A line of the live view: its text without escape sequences, and how it looks.
 *
 * @param text as wide as it likes; cut to the terminal when painted
 * @param look how it stands out
 */
record ScreenLine(String text, Look look) {

    /** How a line stands out, and the escape sequence for it. */
    enum Look {
        /** As any other text. */
        PLAIN(""),
        /** The head of a block. */
        STRONG("1"),
        /** What moves well. */
        GOOD("32"),
        /** What deserves a look. */
        ATTENTION("33"),
        /** What has failed. */
        BAD("31"),
        /** In the background. */
        FAINT("2");

        private final String code;

        Look(String code) {
            this.code = code;
        }

        /** The text wrapped so that it looks like this. */
        String paint(String text) {
            return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
        }
    }

    static ScreenLine plain(String text) {
        return new ScreenLine(text, Look.PLAIN);
    }

    /** This line in at most so many columns. */
    ScreenLine cut(int width) {
        return text.length() <= width
                ? this
                : new ScreenLine(text.substring(0, Math.max(0, width)), look);
    }
}
