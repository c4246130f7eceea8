package dev.sluice.vdi.protocol;

/** Feature bits of a device set ({@code VDF_...}; vdi-facts section G). */
public final class Features {

    /** Client: purely sequential, the fewest commands. */
    public static final int LIKE_PIPE = 0;

    /** Client: removable media. */
    public static final int REMOVABLE = 0x1;

    /** Client: can rewind. */
    public static final int REWIND = 0x2;

    /** Client: can report and set positions. */
    public static final int POSITION = 0x10;

    /** Client: can skip blocks. */
    public static final int SKIP_BLOCKS = 0x20;

    /** Client: can position backwards. */
    public static final int REVERSE_POSITION = 0x40;

    /** Client: can discard. */
    public static final int DISCARD = 0x80;

    /** Client: has filemarks. */
    public static final int FILE_MARKS = 0x100;

    /** Client: every Read and Write carries a byte position; disk-like. */
    public static final int RANDOM_ACCESS = 0x200;

    /** Client: asks for PrepareToFreeze. */
    public static final int SNAPSHOT_PREPARE = 0x400;

    /** VSS; undocumented. */
    public static final int ENUM_FROZEN_FILES = 0x800;

    /** VSS; undocumented. */
    public static final int VSS_WRITER = 0x1000;

    /** Client: asks for the Complete command at the end of a backup. */
    public static final int REQUEST_COMPLETE = 0x2000;

    /** Server: will write; a BACKUP. */
    public static final int WRITE_MEDIA = 0x10000;

    /** Server: will read; a RESTORE. */
    public static final int READ_MEDIA = 0x20000;

    /** Server: the Complete command will be sent. */
    public static final int COMPLETE_ENABLED = 0x40000;

    /** Client: tape-like. */
    public static final int LIKE_TAPE =
            FILE_MARKS | REMOVABLE | REWIND | POSITION | SKIP_BLOCKS | REVERSE_POSITION;

    private Features() {}
}
