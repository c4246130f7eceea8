package dev.sluice.vdi.protocol;

/** The commands a server sends to a device (vdi-facts section F). Numbers are those of vdi.h. */
public enum CommandCode {
    /** A number this version does not know; answered with ERROR_NOT_SUPPORTED. */
    UNKNOWN(0),
    /** Fill the buffer from the device. */
    READ(1),
    /** Store the buffer on the device. */
    WRITE(2),
    /** Acknowledge that the client recovered from an error. */
    CLEAR_ERROR(3),
    /** Tape: rewind. */
    REWIND(4),
    /** Tape: write filemarks. */
    WRITE_MARK(5),
    /** Tape: skip filemarks. */
    SKIP_MARKS(6),
    /** Tape: skip blocks. */
    SKIP_BLOCKS(7),
    /** Removable media: load the next medium. */
    LOAD(8),
    /** Report the position. */
    GET_POSITION(9),
    /** Move to a position. */
    SET_POSITION(10),
    /** Drop what was written. */
    DISCARD(11),
    /** Make every earlier write durable. */
    FLUSH(12),
    /** Take a snapshot of the database files. */
    SNAPSHOT(13),
    /** Bring a snapshot back. */
    MOUNT_SNAPSHOT(14),
    /** Prepare to freeze, before a snapshot. */
    PREPARE_TO_FREEZE(15),
    /** VSS writer; undocumented. */
    FILE_INFO_BEGIN(16),
    /** VSS writer; undocumented. */
    FILE_INFO_END(17),
    /** Undocumented. */
    GET_ERROR(18),
    /** All data was sent: commit the backup object (vdi-facts F.1). */
    COMPLETE(19);

    private static final CommandCode[] BY_NUMBER = byNumber();

    private final int number;

    CommandCode(int number) {
        this.number = number;
    }

    /** The number in vdi.h. */
    public int number() {
        return number;
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
