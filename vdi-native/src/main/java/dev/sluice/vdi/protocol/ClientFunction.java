package dev.sluice.vdi.protocol;

/** The client's calls, the rows of {@link ClientTransitions}. */
public enum ClientFunction {
    /** Creates the set. */
    CREATE("CreateEx"),
    /** Waits for the server's configuration. */
    GET_CONFIGURATION("GetConfiguration"),
    /** Opens one device. */
    OPEN_DEVICE("OpenDevice"),
    /** Fetches a command from a device. */
    GET_COMMAND("GetCommand"),
    /** Gives a command back. */
    COMPLETE_COMMAND("CompleteCommand"),
    /** Aborts the set. */
    SIGNAL_ABORT("SignalAbort"),
    /** Ends the client's part. */
    CLOSE("Close"),
    /** Attaches to a set another client created. */
    OPEN_IN_SECONDARY("OpenInSecondaryEx"),
    /** Names a buffer for another client. */
    GET_BUFFER_HANDLE("GetBufferHandle"),
    /** Finds the buffer behind a name. */
    MAP_BUFFER_HANDLE("MapBufferHandle");

    private final String symbol;

    ClientFunction(String symbol) {
        this.symbol = symbol;
    }

    /** The method's name in vdi.h. */
    public String symbol() {
        return symbol;
    }
}
