package dev.sluice.ui.home;

/** A line of the list: a server, and after it those of its databases that are shown. */
public sealed interface HomeItem permits HomeItem.ServerHead, DatabaseRow {

    /** Name of the server. */
    String server();

    /**
     * The line of a server itself.
     *
     * @param server its name
     * @param answer what it said
     */
    record ServerHead(String server, ServerAnswer answer) implements HomeItem {}
}
