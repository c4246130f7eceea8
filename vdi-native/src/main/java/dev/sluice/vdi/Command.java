package dev.sluice.vdi;

import dev.sluice.vdi.protocol.CommandCode;

import java.nio.ByteBuffer;

/**
 * One command in the client's hands ({@code VDC_Command}), from {@link ClientDevice#getCommand}
 * until {@link ClientDevice#completeCommand}. Its identity is the token of completion; a provider
 * may use the object again for a later command, so it must not be kept after completing.
 */
public interface Command {

    /**
     * What the server asks for; {@link CommandCode#UNKNOWN} for a number this version does not
     * know.
     */
    CommandCode code();

    /** The command's number as it came. */
    int rawCode();

    /** Bytes to transfer for Read and Write; a count or whence for others. */
    int size();

    /** The byte position for disk-like sets and SetPosition; otherwise 0. */
    long position();

    /**
     * The shared buffer of a Read or Write: direct, position 0, limit {@link #size()}. The same
     * object may be returned by each call.
     *
     * @throws IllegalStateException when the command is completed, its set is closed, or the
     *     command has no buffer. A buffer kept beyond the set's close refuses access in the same
     *     way.
     */
    ByteBuffer buffer();

    /**
     * The bytes directly before the buffer, private to the client, as many as the configuration's
     * prefix zone size.
     *
     * @throws IllegalStateException as {@link #buffer()}
     */
    ByteBuffer prefixZone();

    /**
     * A dense number, from 0, that stands for the buffer's memory as long as the set lives; -1
     * without a buffer.
     */
    int bufferId();
}
