package dev.sluice.vdi.protocol;

/**
 * Win32 codes with which commands are completed (vdi-facts section L); the interface carries the
 * bare number. Causes and remedies are those of sections F, J, L and M.
 */
public enum CompletionCode {
    /** Done. */
    SUCCESS(0, "ERROR_SUCCESS", "done", "The command was carried out.", "Nothing."),
    /** SendCommand on a device that is not active. */
    INVALID_HANDLE(
            6,
            "ERROR_INVALID_HANDLE",
            "the device is not active",
            "A command was sent to a device that is closed, or not open on both sides yet.",
            "Run it again. If it comes back, report it with the client's log."),
    /** Shared control data is damaged (Linux). */
    ARENA_TRASHED(
            7,
            "ERROR_ARENA_TRASHED",
            "the shared control data is damaged",
            "The memory that client and server share was written to by something else.",
            "Run it again, with no other program using this device set."),
    /** Not enough memory. */
    NOT_ENOUGH_MEMORY(
            8,
            "ERROR_NOT_ENOUGH_MEMORY",
            "not enough memory",
            "The client or its machine has no memory left for the command.",
            "Ask for fewer buffers or for smaller transfers."),
    /** The client's environment is not right; no server sends it. */
    BAD_ENVIRONMENT(
            10,
            "ERROR_BAD_ENVIRONMENT",
            "the client was not ready for the command",
            "A client failed before it came to carry the command out.",
            "Look into the client's log."),
    /** The medium is write-protected. */
    WRITE_PROTECT(
            19,
            "ERROR_WRITE_PROTECT",
            "the medium is write-protected",
            "The destination takes no writes.",
            "Choose another destination, or lift its write protection."),
    /** The device is not ready. */
    NOT_READY(
            21,
            "ERROR_NOT_READY",
            "the device is not ready",
            "The medium behind the device is not loaded or not connected.",
            "Connect it and run it again."),
    /** The data's checksum does not match. */
    CRC(
            23,
            "ERROR_CRC",
            "the data does not match its checksum",
            "The backup set was damaged after it was written.",
            "Verify the backup set, and restore from another one."),
    /** The sink failed. */
    WRITE_FAULT(
            29,
            "ERROR_WRITE_FAULT",
            "the data could not be written",
            "The destination failed: its disk, its network, or a right to write.",
            "Check the destination, and run it again."),
    /** The source failed. */
    READ_FAULT(
            30,
            "ERROR_READ_FAULT",
            "the data could not be read",
            "The backup set could not be read: its disk, its network, or a right to read.",
            "Check the folder of the backup set, verify the set, and run it again."),
    /** End of data on Read. */
    HANDLE_EOF(
            38,
            "ERROR_HANDLE_EOF",
            "the end of the data is reached",
            "The server read to the end of the stream: usual in a restore.",
            "Nothing, unless the server complains: then the set is too short, verify it."),
    /** The disk is full (Linux). */
    HANDLE_DISK_FULL(
            39,
            "ERROR_HANDLE_DISK_FULL",
            "the disk is full",
            "The destination has no room for the rest of the backup.",
            "Make room at the destination, or choose another."),
    /** The client does not implement the command. */
    NOT_SUPPORTED(
            50,
            "ERROR_NOT_SUPPORTED",
            "the client does not implement the command",
            "The server sent a command that does not belong to the features agreed on.",
            "Nothing, if the server goes on; otherwise report the command with the client's log."),
    /** A parameter is invalid. */
    INVALID_PARAMETER(
            87,
            "ERROR_INVALID_PARAMETER",
            "a parameter is invalid",
            "A command came with a size or a position that it cannot have.",
            "Report it with the client's log."),
    /** The disk is full: the server aborts the BACKUP. */
    DISK_FULL(
            112,
            "ERROR_DISK_FULL",
            "the disk is full",
            "The destination has no room for the rest of the backup.",
            "Make room at the destination, or choose another."),
    /** Either end aborted. */
    OPERATION_ABORTED(
            995,
            "ERROR_OPERATION_ABORTED",
            "either end aborted",
            "The client stopped or failed, or the server gave up; under many operations at once it"
                    + " may lack worker threads.",
            "Look into the client's log first: the number alone says only that the set was"
                    + " aborted."),
    /** The warning zone of the medium is reached. */
    END_OF_MEDIA(
            1100,
            "ERROR_END_OF_MEDIA",
            "the warning zone before the end of the medium is reached",
            "The medium is almost full.",
            "Load the next medium."),
    /** A filemark was met. */
    FILEMARK_DETECTED(
            1101,
            "ERROR_FILEMARK_DETECTED",
            "a filemark was met",
            "The server read up to the end of a part of the tape.",
            "Nothing: the server goes on with the next part."),
    /** The beginning of the medium was met. */
    BEGINNING_OF_MEDIA(
            1102,
            "ERROR_BEGINNING_OF_MEDIA",
            "the beginning of the medium was met",
            "The server positioned backwards up to the beginning.",
            "Nothing: the server goes on from there."),
    /** A set mark was met. */
    SETMARK_DETECTED(
            1103,
            "ERROR_SETMARK_DETECTED",
            "a set mark was met",
            "The server read up to the end of a set on the tape.",
            "Nothing: the server goes on with the next set."),
    /** No more data; like {@link #HANDLE_EOF}. */
    NO_DATA_DETECTED(
            1104,
            "ERROR_NO_DATA_DETECTED",
            "the end of the data is reached",
            "The server read to the end of what is on the tape: usual in a restore.",
            "Nothing, unless the server complains: then the set is too short, verify it."),
    /** No medium in the drive. */
    NO_MEDIA_IN_DRIVE(
            1112,
            "ERROR_NO_MEDIA_IN_DRIVE",
            "no medium is in the drive",
            "The drive is empty.",
            "Load the medium and run it again."),
    /** The device is in the IO-ERROR state. */
    IO_DEVICE(
            1117,
            "ERROR_IO_DEVICE",
            "the device is in the IO-ERROR state",
            "The client completed an earlier command of this device with an error.",
            "Look for that earlier error: it has the reason."),
    /** No space past the warning zone. */
    EOM_OVERFLOW(
            1129,
            "ERROR_EOM_OVERFLOW",
            "no space is left past the warning zone of the medium",
            "The medium is full.",
            "Use a larger medium, or another destination."),
    /** The queue is full. */
    NO_SYSTEM_RESOURCES(
            1450,
            "ERROR_NO_SYSTEM_RESOURCES",
            "the device's command queue is full",
            "The server sends commands faster than the client completes them.",
            "Check that the destination is not stuck; then run it again."),
    /** A code that is not listed here. */
    UNKNOWN(
            -1,
            "an unlisted Win32 code",
            "not a code that the Virtual Device Interface names",
            "Unknown: the number was chosen by the end that completed the command.",
            "Look into the log of that end; \"net helpmsg\" explains numbers of Windows.");

    private final int number;
    private final String symbol;
    private final String meaning;
    private final String likelyCause;
    private final String whatToDo;

    CompletionCode(int number, String symbol, String meaning, String likelyCause, String whatToDo) {
        this.number = number;
        this.symbol = symbol;
        this.meaning = meaning;
        this.likelyCause = likelyCause;
        this.whatToDo = whatToDo;
    }

    /** The Win32 number. */
    public int number() {
        return number;
    }

    /** The name in winerror.h. */
    public String symbol() {
        return symbol;
    }

    /** A few words on what it says. */
    public String meaning() {
        return meaning;
    }

    /** What it says, why it usually comes, and what to do. */
    public CodeExplanation explanation() {
        return new CodeExplanation(symbol, number, meaning, likelyCause, whatToDo);
    }

    /** The code with this number, or {@link #UNKNOWN}. */
    public static CompletionCode of(int number) {
        for (CompletionCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return UNKNOWN;
    }
}
