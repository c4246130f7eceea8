package dev.sluice.vdi.protocol;

/** The server's calls, the rows of {@link ServerTransitions}. */
public enum ServerFunction {
    /** Attaches to a set. */
    OPEN("Open"),
    /** Reads the configuration. */
    GET_CONFIGURATION("GetConfiguration"),
    /** Fixes the values of the set. */
    BEGIN_CONFIGURATION("BeginConfiguration"),
    /** Asks for shared buffers. */
    REQUEST_BUFFERS("RequestBuffers"),
    /** Counts the buffers that could be allocated. */
    QUERY_AVAILABLE_BUFFERS("QueryAvailableBuffers"),
    /** Allocates the area and publishes the configuration. */
    END_CONFIGURATION("EndConfiguration"),
    /** Opens the next device. */
    OPEN_DEVICE("OpenDevice"),
    /** Lends a thread to run completion routines. */
    EXECUTE_COMPLETION_AGENT("ExecuteCompletionAgent"),
    /** Takes a buffer. */
    ALLOCATE_BUFFER("AllocateBuffer"),
    /** Gives a buffer back to the area. */
    FREE_BUFFER("FreeBuffer"),
    /** Queues a command to a device. */
    SEND_COMMAND("SendCommand"),
    /** Closes one device. */
    CLOSE_DEVICE("CloseDevice"),
    /** Aborts the set. */
    SIGNAL_ABORT("SignalAbort"),
    /** Ends the server's part. */
    CLOSE("Close");

    private final String symbol;

    ServerFunction(String symbol) {
        this.symbol = symbol;
    }

    /** The method's name in vdi.h. */
    public String symbol() {
        return symbol;
    }
}
