package dev.sluice.media.mtf;

/**
 * MSDA and MSTL after the common header, as far as it is known.
 *
 * <pre>
 *  MSDA, 60 bytes                     MSTL, 592 bytes
 *  52  zero                           52  zero
 *  58  1 u16                          58  1 u16
 *                                     60  sizes and positions in the log, unknown
 * </pre>
 */
final class DataLayout {

    static final int ONE = BlockLayout.SIZE + 6;
    static final int SIZE = ONE + 2;
    static final int LOG_SIZE = 592;

    private DataLayout() {}
}
