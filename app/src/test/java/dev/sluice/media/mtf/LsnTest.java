package dev.sluice.media.mtf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.nio.ByteBuffer;

class LsnTest {

    @Test
    void printsTheDecimalThatSqlServerPrints() {
        assertThat(new Lsn(24, 447, 37).decimal()).isEqualTo(new BigInteger("24000000044700037"));
        assertThat(new Lsn(0xFFFF_FFFFL, 0xFFFF_FFFFL, 0xFFFF))
                .hasToString("4294967295429496729565535");
    }

    @Test
    void ordersByFileThenBlockThenSlot() {
        assertThat(new Lsn(1, 9, 9)).isLessThan(new Lsn(2, 0, 0));
        assertThat(new Lsn(2, 1, 9)).isLessThan(new Lsn(2, 2, 0));
        assertThat(new Lsn(2, 2, 1)).isLessThan(new Lsn(2, 2, 2));
        assertThat(new Lsn(0xFFFF_FFFFL, 0, 0)).isGreaterThan(new Lsn(1, 0, 0));
        assertThat(new Lsn(2, 2, 2)).isEqualByComparingTo(new Lsn(2, 2, 2));
    }

    @Test
    void refusesPartsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Lsn(-1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lsn(0, 1L << 32, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lsn(0, 0, 65536));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lsn(0, 0, -1));
    }

    @Test
    void takesTenBytesOnTape() {
        ByteBuffer tape = ByteBuffer.allocate(12);
        LsnCodec.put(tape, 1, new Lsn(0x01020304, 0xF0000000L, 0xABCD));
        assertThat(tape.array()).containsExactly(0, 4, 3, 2, 1, 0, 0, 0, 0xF0, 0xCD, 0xAB, 0);
        assertThat(LsnCodec.get(tape, 1)).isEqualTo(new Lsn(0x01020304, 0xF0000000L, 0xABCD));
    }
}
