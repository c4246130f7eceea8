package dev.sluice.media.mtf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HexFormat;

class MtfDateTest {

    @Test
    void writesTheBytesOfARealBackup() {
        ByteBuffer tape = ByteBuffer.allocate(MtfDate.SIZE);
        MtfDate.put(tape, 0, SampleBackup.START);
        assertThat(HexFormat.of().formatHex(tape.array())).isEqualTo("1f871ecbb5");
        assertThat(MtfDate.get(tape, 0)).isEqualTo(SampleBackup.START);
    }

    @Test
    void keepsTheExtremes() {
        ByteBuffer tape = ByteBuffer.allocate(MtfDate.SIZE);
        LocalDateTime last = LocalDateTime.of(16383, 12, 31, 23, 59, 59);
        MtfDate.put(tape, 0, last);
        assertThat(MtfDate.get(tape, 0)).isEqualTo(last);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MtfDate.put(tape, 0, last.plusYears(1)));
    }

    @Test
    void zeroMeansUnset() {
        ByteBuffer tape = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5});
        MtfDate.put(tape, 0, null);
        assertThat(tape.array()).containsOnly(0);
        assertThat(MtfDate.get(tape, 0)).isNull();
    }

    @Test
    void refusesBitsThatAreNoDate() {
        ByteBuffer month15 = ByteBuffer.wrap(HexFormat.of().parseHex("1f87ffffff"));
        assertThatExceptionOfType(DateTimeException.class)
                .isThrownBy(() -> MtfDate.get(month15, 0));
    }
}
