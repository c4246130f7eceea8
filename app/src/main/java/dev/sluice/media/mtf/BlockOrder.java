package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;

/**
 * The order of blocks in a family: {@code TAPE SFMB SSET VOLB MSCI MSDA* MSTL* MSLS SFMB ESET+
 * SFMB}. One thread.
 */
final class BlockOrder {

    private Set<BlockType> allowed = EnumSet.of(BlockType.TAPE);
    private @Nullable BlockType last;
    private int filemarks;

    /**
     * Accepts the next block.
     *
     * @throws MtfFormatException when it may not come now
     */
    void accept(BlockType type, long offset) throws MtfFormatException {
        if (!allowed.contains(type)) {
            throw new MtfFormatException(
                    "block %s after %s, expected %s"
                            .formatted(type, last == null ? "nothing" : last, allowed),
                    offset);
        }
        last = type;
        filemarks += type == BlockType.SFMB ? 1 : 0;
        allowed = after(type);
    }

    private Set<BlockType> after(BlockType type) {
        return switch (type) {
            case TAPE -> EnumSet.of(BlockType.SFMB);
            case SFMB -> afterFilemark();
            case SSET -> EnumSet.of(BlockType.VOLB);
            case VOLB -> EnumSet.of(BlockType.MSCI);
            case MSCI, MSDA -> EnumSet.of(BlockType.MSDA, BlockType.MSTL, BlockType.MSLS);
            case MSTL -> EnumSet.of(BlockType.MSTL, BlockType.MSLS);
            case MSLS -> EnumSet.of(BlockType.SFMB);
            case ESET -> EnumSet.of(BlockType.ESET, BlockType.SFMB);
        };
    }

    private Set<BlockType> afterFilemark() {
        return switch (filemarks) {
            case 1 -> EnumSet.of(BlockType.SSET);
            case 2 -> EnumSet.of(BlockType.ESET);
            default -> EnumSet.noneOf(BlockType.class);
        };
    }

    /** The closing filemark was accepted. */
    boolean complete() {
        return allowed.isEmpty();
    }

    /** What may come next, for messages. */
    String expected() {
        return allowed.toString();
    }
}
