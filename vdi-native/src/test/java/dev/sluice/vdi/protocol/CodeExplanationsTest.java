package dev.sluice.vdi.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The codes of vdi-facts section L, as numbers that come from outside. */
class CodeExplanationsTest {

    @ParameterizedTest
    @CsvSource({
        "0x00000000, NOERROR",
        "0x80770002, VD_E_NOTOPEN",
        "0x80770003, VD_E_TIMEOUT",
        "0x80770004, VD_E_ABORT",
        "0x80770005, VD_E_SECURITY",
        "0x80770006, VD_E_INVALID",
        "0x80770007, VD_E_INSTANCE_NAME",
        "0x80770009, VD_E_NOTSUPPORTED",
        "0x8077000A, VD_E_MEMORY",
        "0x8077000B, VD_E_UNEXPECTED",
        "0x8077000C, VD_E_PROTOCOL",
        "0x8077000D, VD_E_OPEN",
        "0x8077000E, VD_E_CLOSE",
        "0x8077000F, VD_E_BUSY",
        "0x80770010, VD_E_QUEUE_FULL",
        "0x80770011, VD_E_IO_ERROR",
        "0x00000001, S_FALSE",
        "0x8007000E, E_OUTOFMEMORY",
        "0x80070005, E_ACCESSDENIED",
        "0x80040154, REGDB_E_CLASSNOTREG",
        "0x80040111, CLASS_E_CLASSNOTAVAILABLE",
        "0x80004002, E_NOINTERFACE",
        "0x80010106, RPC_E_CHANGED_MODE",
        "0x80070002, HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND)",
        "0x8007007E, HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND)",
        "0x800700C1, HRESULT_FROM_WIN32(ERROR_BAD_EXE_FORMAT)"
    })
    void everyHresultHasNameMeaningCauseAndRemedy(String hex, String name) {
        CodeExplanation explanation =
                CodeExplanations.ofHresult(Integer.parseUnsignedInt(hex.substring(2), 16));

        assertThat(explanation.name()).hasToString(name);
        assertThat(Integer.parseUnsignedInt(explanation.hex().substring(2), 16))
                .isEqualTo(explanation.number());
        assertIsWhole(explanation);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ERROR_SUCCESS",
        "6, ERROR_INVALID_HANDLE",
        "7, ERROR_ARENA_TRASHED",
        "8, ERROR_NOT_ENOUGH_MEMORY",
        "10, ERROR_BAD_ENVIRONMENT",
        "19, ERROR_WRITE_PROTECT",
        "21, ERROR_NOT_READY",
        "23, ERROR_CRC",
        "29, ERROR_WRITE_FAULT",
        "30, ERROR_READ_FAULT",
        "38, ERROR_HANDLE_EOF",
        "39, ERROR_HANDLE_DISK_FULL",
        "50, ERROR_NOT_SUPPORTED",
        "87, ERROR_INVALID_PARAMETER",
        "112, ERROR_DISK_FULL",
        "995, ERROR_OPERATION_ABORTED",
        "1100, ERROR_END_OF_MEDIA",
        "1101, ERROR_FILEMARK_DETECTED",
        "1102, ERROR_BEGINNING_OF_MEDIA",
        "1103, ERROR_SETMARK_DETECTED",
        "1104, ERROR_NO_DATA_DETECTED",
        "1112, ERROR_NO_MEDIA_IN_DRIVE",
        "1117, ERROR_IO_DEVICE",
        "1129, ERROR_EOM_OVERFLOW",
        "1450, ERROR_NO_SYSTEM_RESOURCES"
    })
    void everyCompletionCodeHasNameMeaningCauseAndRemedy(int number, String name) {
        CodeExplanation explanation = CodeExplanations.ofCompletion(number);

        assertThat(explanation.name()).hasToString(name);
        assertThat(explanation.number()).isEqualTo(number);
        assertIsWhole(explanation);
    }

    private static void assertIsWhole(CodeExplanation explanation) {
        assertThat(explanation.meaning().toString()).isNotBlank().doesNotEndWith(".");
        assertThat(explanation.likelyCause().toString()).matches("(?s)[A-Z].{10,}[.)]");
        assertThat(explanation.whatToDo().toString()).matches("(?s)[A-Z].*[.)]");
    }

    @Test
    void noNumberAndNoNameIsGivenTwice() {
        List<CodeExplanation> hresults =
                Stream.concat(
                                Arrays.stream(VdiStatus.values()).map(VdiStatus::explanation),
                                Arrays.stream(ComStatus.values()).map(ComStatus::explanation))
                        .toList();
        List<CodeExplanation> completions =
                Arrays.stream(CompletionCode.values()).map(CompletionCode::explanation).toList();
        for (List<CodeExplanation> codes : List.of(hresults, completions)) {
            assertThat(codes).extracting(CodeExplanation::number).doesNotHaveDuplicates();
            assertThat(codes).extracting(CodeExplanation::name).doesNotHaveDuplicates();
        }
    }

    @Test
    void facility77IsNotFacility7() {
        assertThat(name(0x8077000E)).isEqualTo("VD_E_CLOSE");
        assertThat(name(0x8007000E)).isEqualTo("E_OUTOFMEMORY");
        assertThat(name(0x80770005)).isEqualTo("VD_E_SECURITY");
        assertThat(name(0x80070005)).isEqualTo("E_ACCESSDENIED");
        assertThat(name(0x80770003)).isEqualTo("VD_E_TIMEOUT");
        assertThat(name(0x80070003)).isEqualTo("HRESULT_FROM_WIN32(3)");
        assertThat(CodeExplanations.ofHresult(0x8007000E).likelyCause().toString())
                .contains("VD_E_CLOSE", "0x8077000E");
    }

    @Test
    void aFailureOfWindowsIsDecodedToItsNumber() {
        CodeExplanation listed = CodeExplanations.ofHresult(0x80070070);
        assertThat(listed)
                .hasToString(
                        "HRESULT_FROM_WIN32(ERROR_DISK_FULL) (0x80070070): Windows error 112"
                                + " (0x70): the disk is full");
        CodeExplanation unlisted = CodeExplanations.ofHresult(0x800705AF);
        assertThat(unlisted)
                .hasToString(
                        "HRESULT_FROM_WIN32(1455) (0x800705AF): Windows error 1455 (0x5AF): not a"
                                + " listed one");
        assertThat(unlisted.whatToDo().toString()).contains("net helpmsg 1455");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80770000, 0x80770001, 0x80770008, 0x80770012, 0x80004005, 42})
    void anUnknownHresultIsSaidToBeUnknown(int hresult) {
        CodeExplanation explanation = CodeExplanations.ofHresult(hresult);
        assertThat(explanation.name()).hasToString("an unlisted status");
        assertThat(explanation.number()).isEqualTo(hresult);
        assertThat(explanation.toString())
                .contains("0x%X".formatted(hresult), "decimal " + hresult);
        assertThat(explanation.likelyCause().toString()).startsWith("Unknown");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 1234})
    void anUnknownCompletionCodeIsSaidToBeUnknown(int number) {
        CodeExplanation explanation = CodeExplanations.ofCompletion(number);
        assertThat(explanation.name()).hasToString("an unlisted Win32 code");
        assertThat(explanation.number()).isEqualTo(number);
        assertThat(explanation.likelyCause().toString()).startsWith("Unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, GetConfiguration, sysadmin",
        "TIMEOUT, GetConfiguration, busy",
        "TIMEOUT, GetConfiguration, statement failed",
        "ABORT, OpenDevice, /dev/shm",
        "ABORT, OpenDevice, 32-bit",
        "ABORT, GetConfiguration, refused the configuration",
        "PROTOCOL, CreateEx, Another process has a set of this name",
        "PROTOCOL, Create, Another process has a set of this name",
        "PROTOCOL, OpenInSecondaryEx, primary client",
        "INVALID, OpenDevice, does not name a device",
        "INVALID, CompleteCommand, completed before",
        "INVALID, Open, no set of this name"
    })
    void theLikelyCauseKnowsTheCall(VdiStatus status, String call, String words) {
        CodeExplanation atCall = CodeExplanations.ofHresult(status.hresult(), call);
        CodeExplanation anywhere = CodeExplanations.ofHresult(status.hresult());

        assertThat(atCall.likelyCause().toString()).contains(words);
        assertThat(anywhere.likelyCause().toString()).doesNotContain(words);
        assertThat(atCall.name()).isEqualTo(anywhere.name());
        assertThat(atCall.meaning()).isEqualTo(anywhere.meaning());
        assertIsWhole(atCall);
    }

    @ParameterizedTest
    @EnumSource(VdiStatus.class)
    void aCallNobodyKnowsMoreAboutGetsTheGeneralWords(VdiStatus status) {
        assertThat(CodeExplanations.ofHresult(status.hresult(), "SignalAbort"))
                .isEqualTo(CodeExplanations.ofHresult(status.hresult()));
    }

    @Test
    void closeIsNeitherErrorNorSuccess() {
        assertThat(CodeExplanations.ofHresult(VdiStatus.CLOSE.hresult()).whatToDo().toString())
                .contains("no error", "no success", "3014");
    }

    private static String name(int hresult) {
        return CodeExplanations.ofHresult(hresult).name().toString();
    }
}
