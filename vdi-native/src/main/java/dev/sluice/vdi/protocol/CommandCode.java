package dev.sluice.vdi.protocol;

/** The commands a server sends to a device (vdi-facts section F). Numbers are those of vdi.h. */
public enum CommandCode {
    /** A number this version does not know; answered with ERROR_NOT_SUPPORTED. */
    UNKNOWN(0, "an unlisted command"),
    /** Fill the buffer from the device. */
    READ(1, "VDC_Read"),
    /** Store the buffer on the device. */
    WRITE(2, "VDC_Write"),
    /** Acknowledge that the client recovered from an error. */
    CLEAR_ERROR(3, "VDC_ClearError"),
    /** Tape: rewind. */
    REWIND(4, "VDC_Rewind"),
    /** Tape: write filemarks. */
    WRITE_MARK(5, "VDC_WriteMark"),
    /** Tape: skip filemarks. */
    SKIP_MARKS(6, "VDC_SkipMarks"),
    /** Tape: skip blocks. */
    SKIP_BLOCKS(7, "VDC_SkipBlocks"),
    /** Removable media: load the next medium. */
    LOAD(8, "VDC_Load"),
    /** Report the position. */
    GET_POSITION(9, "VDC_GetPosition"),
    /** Move to a position. */
    SET_POSITION(10, "VDC_SetPosition"),
    /** Drop what was written. */
    DISCARD(11, "VDC_Discard"),
    /** Make every earlier write durable. */
    FLUSH(12, "VDC_Flush"),
    /** Take a snapshot of the database files. */
    SNAPSHOT(13, "VDC_Snapshot"),
    /** Bring a snapshot back. */
    MOUNT_SNAPSHOT(14, "VDC_MountSnapshot"),
    /** Prepare to freeze, before a snapshot. */
    PREPARE_TO_FREEZE(15, "VDC_PrepareToFreeze"),
    /** VSS writer; undocumented. */
    FILE_INFO_BEGIN(16, "VDC_FileInfoBegin"),
    /** VSS writer; undocumented. */
    FILE_INFO_END(17, "VDC_FileInfoEnd"),
    /** Undocumented. */
    GET_ERROR(18, "VDC_GetError"),
    /** All data was sent: commit the backup object (vdi-facts F.1). */
    COMPLETE(19, "VDC_Complete");

    private static final CommandCode[] BY_NUMBER = byNumber();

    private final int number;
    private final String symbol;

    CommandCode(int number, String symbol) {
        this.number = number;
        this.symbol = symbol;
    }

    /** The number in vdi.h. */
    public int number() {
        return number;
    }

    /** The name in vdi.h, such as {@code VDC_ClearError}. */
    public String symbol() {
        return symbol;
    }

    /** Whether the command carries a buffer. */
    public boolean hasBuffer() {
        return this == READ || this == WRITE;
    }

    /** The command with this number, or {@link #UNKNOWN}. */
    public static CommandCode of(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    private static CommandCode[] byNumber() {
        CommandCode[] table = new CommandCode[COMPLETE.number + 1];
        for (CommandCode code : values()) {
            table[code.number] = code;
        }
        return table;
    }
}
