package dev.sluice.vdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.junit.jupiter.api.Test;

class VdiExceptionTest {

    @Test
    void saysWhatWasTriedAndTheStatusByNameAndHex() {
        VdiException failure = new VdiException(Said.asIs("OpenDevice \"x\""), VdiStatus.ABORT);
        assertThat(failure)
                .hasMessage(
                        "OpenDevice \"x\" failed: VD_E_ABORT (0x80770004): an abort was requested;"
                                + " only termination is possible");
        assertThat(failure.explanation().likelyCause().toString()).contains("/dev/shm");
    }

    @Test
    void addsWhatExactlyWasWrong() {
        assertThat(
                        new VdiException(
                                Said.asIs("CreateEx \"a\\b\""),
                                VdiStatus.INVALID,
                                Said.asIs("a backslash")))
                .hasMessage(
                        "CreateEx \"a\\b\" failed: VD_E_INVALID (0x80770006): a parameter is"
                                + " invalid: a backslash");
    }

    @Test
    void namesAStatusOfWindows() {
        VdiException failure = new VdiException(Said.asIs("CoCreateInstance"), 0x80040154);
        assertThat(failure)
                .hasMessage(
                        "CoCreateInstance failed: REGDB_E_CLASSNOTREG (0x80040154): the class is"
                                + " not registered");
        assertThat(failure.status()).isEqualTo(VdiStatus.UNKNOWN);
        assertThat(failure.explanation().whatToDo().toString()).contains("regsvr32");
    }

    @Test
    void keepsTheNumberNobodyNames() {
        VdiException failure = new VdiException(Said.asIs("Close"), 0x80770008);
        assertThat(failure.hresult()).isEqualTo(0x80770008);
        assertThat(failure)
                .hasMessageContaining("an unlisted status (0x80770008)")
                .hasMessageContaining("decimal -2139684856");
    }

    @Test
    void doesNotCallTheNormalEndAFailure() {
        assertThat(new VdiException(Said.asIs("GetCommand on device \"x\""), VdiStatus.CLOSE))
                .hasMessage(
                        "GetCommand on device \"x\" ended: VD_E_CLOSE (0x8077000E): the device is"
                                + " closed, the normal end of a stream");
    }
}
