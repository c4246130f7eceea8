package dev.sluice.vdi.jna.com;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDeviceSet;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

class ArgumentsTest {

    @Test
    void textIsUtf16LittleEndianEndedByTwoZeroBytes() {
        assertThat(wide("aÄ€")).containsExactly(0x61, 0, 0xC4, 0, 0xAC, 0x20, 0, 0);
        assertThat(wide("")).containsExactly(0, 0);
        assertThat(wide("😀")).containsExactly(0x3D, 0xD8, 0x00, 0xDE, 0, 0);
    }

    @Test
    void halfOfASurrogatePairGoesOverAsItIs() {
        assertThat(wide("\uD83D")).containsExactly(0x3D, 0xD8, 0, 0);
    }

    @Test
    void theDefaultInstanceIsTheNullPointer() {
        try (Arena arena = Arena.ofConfined()) {
            assertThat(Arguments.instance(null, arena)).isZero();
            assertThat(Arguments.instance("", arena)).isZero();
            assertThat(Arguments.instance("SQLEXPRESS", arena)).isNotZero();
        }
    }

    @Test
    void anInstanceNameWithTheMachinesIsRefusedAndTheBareNameTold() {
        assertThat(Arguments.checkInstance("HOST\\SQLEXPRESS"))
                .singleElement()
                .asString()
                .contains("give the instance's alone, \"SQLEXPRESS\"");
        assertThat(Arguments.checkInstance("SQLEXPRESS")).isEmpty();
        assertThat(Arguments.checkInstance("")).isEmpty();
        assertThat(Arguments.checkInstance(null)).isEmpty();
    }

    @Test
    void aZeroCharacterInsideANameIsRefusedBecauseItWouldEndIt() {
        assertThat(Arguments.checkName("a\0b")).hasSize(1);
        assertThat(Arguments.checkInstance("a\0b")).hasSize(1);
        assertThat(Arguments.checkName("{4A0B}")).isEmpty();
    }

    @Test
    void waitsAreDwordsAndNoFiniteWaitBecomesInfinite() {
        assertThat(Arguments.timeout(0)).isZero();
        assertThat(Arguments.timeout(1)).isEqualTo(1);
        assertThat(Arguments.timeout(0x80000000L)).isEqualTo(0x80000000);
        assertThat(Arguments.timeout(0xFFFFFFFEL)).isEqualTo(0xFFFFFFFE);
        assertThat(Arguments.timeout(0xFFFFFFFFL)).isEqualTo(0xFFFFFFFE);
        assertThat(Arguments.timeout(Long.MAX_VALUE)).isEqualTo(0xFFFFFFFE);
        assertThat(Arguments.timeout(ClientDeviceSet.INFINITE)).isEqualTo(0xFFFFFFFF);
    }

    private static int[] wide(String text) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes =
                    MemorySegment.ofAddress(Arguments.wide(text, arena))
                            .reinterpret(text.length() * 2L + 2)
                            .toArray(ValueLayout.JAVA_BYTE);
            int[] unsigned = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                unsigned[i] = Byte.toUnsignedInt(bytes[i]);
            }
            return unsigned;
        }
    }
}
