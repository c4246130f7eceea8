package dev.sluice.vdi.protocol;

import dev.sluice.vdi.words.Said;

/**
 * Win32 codes with which commands are completed (vdi-facts section L); the interface carries the
 * bare number. Causes and remedies are those of sections F, J, L and M.
 */
public enum CompletionCode {
    /** Done. */
    SUCCESS(0, "ERROR_SUCCESS"),
    /** SendCommand on a device that is not active. */
    INVALID_HANDLE(6, "ERROR_INVALID_HANDLE"),
    /** Shared control data is damaged (Linux). */
    ARENA_TRASHED(7, "ERROR_ARENA_TRASHED"),
    /** Not enough memory. */
    NOT_ENOUGH_MEMORY(8, "ERROR_NOT_ENOUGH_MEMORY"),
    /** The client's environment is not right; no server sends it. */
    BAD_ENVIRONMENT(10, "ERROR_BAD_ENVIRONMENT"),
    /** The medium is write-protected. */
    WRITE_PROTECT(19, "ERROR_WRITE_PROTECT"),
    /** The device is not ready. */
    NOT_READY(21, "ERROR_NOT_READY"),
    /** The data's checksum does not match. */
    CRC(23, "ERROR_CRC"),
    /** The sink failed. */
    WRITE_FAULT(29, "ERROR_WRITE_FAULT"),
    /** The source failed. */
    READ_FAULT(30, "ERROR_READ_FAULT"),
    /** End of data on Read. */
    HANDLE_EOF(38, "ERROR_HANDLE_EOF"),
    /** The disk is full (Linux). */
    HANDLE_DISK_FULL(39, "ERROR_HANDLE_DISK_FULL"),
    /** The client does not implement the command. */
    NOT_SUPPORTED(50, "ERROR_NOT_SUPPORTED"),
    /** A parameter is invalid. */
    INVALID_PARAMETER(87, "ERROR_INVALID_PARAMETER"),
    /** The disk is full: the server aborts the BACKUP. */
    DISK_FULL(112, "ERROR_DISK_FULL"),
    /** Either end aborted. */
    OPERATION_ABORTED(995, "ERROR_OPERATION_ABORTED"),
    /** The warning zone of the medium is reached. */
    END_OF_MEDIA(1100, "ERROR_END_OF_MEDIA"),
    /** A filemark was met. */
    FILEMARK_DETECTED(1101, "ERROR_FILEMARK_DETECTED"),
    /** The beginning of the medium was met. */
    BEGINNING_OF_MEDIA(1102, "ERROR_BEGINNING_OF_MEDIA"),
    /** A set mark was met. */
    SETMARK_DETECTED(1103, "ERROR_SETMARK_DETECTED"),
    /** No more data; like {@link #HANDLE_EOF}. */
    NO_DATA_DETECTED(1104, "ERROR_NO_DATA_DETECTED"),
    /** No medium in the drive. */
    NO_MEDIA_IN_DRIVE(1112, "ERROR_NO_MEDIA_IN_DRIVE"),
    /** The device is in the IO-ERROR state. */
    IO_DEVICE(1117, "ERROR_IO_DEVICE"),
    /** No space past the warning zone. */
    EOM_OVERFLOW(1129, "ERROR_EOM_OVERFLOW"),
    /** The queue is full. */
    NO_SYSTEM_RESOURCES(1450, "ERROR_NO_SYSTEM_RESOURCES"),
    /** A code that is not listed here. */
    UNKNOWN(-1, "");

    private final int number;
    private final String symbol;

    CompletionCode(int number, String symbol) {
        this.number = number;
        this.symbol = symbol;
    }

    /** The Win32 number. */
    public int number() {
        return number;
    }

    /** The name in winerror.h. */
    public String symbol() {
        return nameInWords().toString();
    }

    /** What it says, why it usually comes, and what to do. */
    public CodeExplanation explanation() {
        return CodeExplanation.of(nameInWords(), number, "completion." + name());
    }

    private Said nameInWords() {
        return this == UNKNOWN ? Said.of("completion.UNKNOWN.name") : Said.asIs(symbol);
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
