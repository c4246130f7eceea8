package dev.sluice.vdi.conformance;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * Keeps a buffer and its address beyond Close, in a process of its own: access through the buffer
 * is refused, access by the address ends the process.
 */
final class LateAccess {

    private LateAccess() {}

    /**
     * @param arguments the provider
     */
    public static void main(String[] arguments) throws Exception {
        try (Ends ends = Provider.valueOf(arguments[0]).open();
                Rig rig = ends.rig(1).activate()) {
            rig.write();
            ByteBuffer buffer = rig.await(0).buffer();
            MemorySegment raw =
                    MemorySegment.ofAddress(MemorySegment.ofBuffer(buffer).address())
                            .reinterpret(Rig.TRANSFER);
            raw.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
            System.out.println("held " + buffer.get(0));
            rig.closeClient();
            try {
                System.out.println("kept " + buffer.get(0));
            } catch (IllegalStateException refused) {
                System.out.println("refused");
            }
            System.out.println("late " + raw.get(ValueLayout.JAVA_BYTE, 0));
        }
    }
}
