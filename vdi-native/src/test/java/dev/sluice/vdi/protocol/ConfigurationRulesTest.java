package dev.sluice.vdi.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.words.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class ConfigurationRulesTest {

    private static final DeviceSetConfiguration PLAIN = DeviceSetConfiguration.request(1, 0);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void acceptsOneToSixtyFourDevices(int devices) {
        assertThat(ConfigurationRules.checkRequest(DeviceSetConfiguration.request(devices, 0)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65, Integer.MAX_VALUE})
    void refusesOtherNumbersOfDevicesAndNamesTheNumber(int devices) {
        assertThat(ConfigurationRules.checkRequest(DeviceSetConfiguration.request(devices, 0)))
                .singleElement()
                .asString()
                .isEqualTo("deviceCount is " + devices + ", not 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x1, 0x80, 0x2000, 0x2481, 0x200, 0x2200, 0x173, 0x2173})
    void acceptsPipeDiskAndTape(int features) {
        assertThat(ConfigurationRules.checkRequest(DeviceSetConfiguration.request(1, features)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x2, 0x10, 0x100, 0x210, 0x373, 0x10000, 0x20000, 0x40000})
    void refusesOtherCombinationsAndTheServersBits(int features) {
        assertThat(ConfigurationRules.checkRequest(DeviceSetConfiguration.request(1, features)))
                .singleElement()
                .asString()
                .contains("0x%X".formatted(features));
    }

    @ParameterizedTest
    @CsvSource({"0,true", "1,true", "1024,true", "65536,true", "-1,false", "1000,false"})
    void theClientsAlignmentIsAPowerOfTwo(int alignment, boolean good) {
        assertThat(ConfigurationRules.checkRequest(request(alignment, 0, 0)).isEmpty())
                .isEqualTo(good);
    }

    @Test
    void refusesAnAlignmentAboveTheLargestBlock() {
        assertThat(ConfigurationRules.checkRequest(request(131072, 0, 0)))
                .extracting(Said::toString)
                .containsExactly("alignment is 131072, not 0 or a power of two up to 65536");
    }

    @Test
    void refusesNegativeSizesOneByOne() {
        assertThat(
                        ConfigurationRules.checkRequest(
                                new DeviceSetConfiguration(1, 0, -1, 0, 0, -2, -3, 0, 0, 0, 0)))
                .extracting(Said::toString)
                .containsExactly(
                        "prefixZoneSize is -1, below 0",
                        "eomWarningSize is -2, below 0",
                        "serverTimeOut is -3, below 0");
    }

    @Test
    void softFilemarksNeedTheirFeature() {
        assertThat(ConfigurationRules.checkRequest(request(0, 512, 0)))
                .extracting(Said::toString)
                .containsExactly("softFileMarkBlockSize is 512 without VDF_FileMarks");
        assertThat(ConfigurationRules.checkRequest(request(0, 512, Features.LIKE_TAPE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "512,true",
        "4096,true",
        "65536,true",
        "0,false",
        "256,false",
        "1000,false",
        "131072,false"
    })
    void aBlockIsAPowerOfTwoFrom512To64K(int blockSize, boolean good) {
        assertThat(decision(Features.WRITE_MEDIA, 0, blockSize, 65536).isEmpty()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({
        "65536,true",
        "131072,true",
        "4194304,true",
        "0,false",
        "65535,false",
        "98304,false",
        "4259840,false",
        "-65536,false"
    })
    void aTransferIsAMultipleOf64KUpTo4M(int size, boolean good) {
        assertThat(decision(Features.READ_MEDIA, 0, 512, size).isEmpty()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({"0,true", "4096,true", "65536,true", "512,false", "5000,false", "131072,false"})
    void theFinalAlignmentIsAtLeastTheBlock(int alignment, boolean good) {
        assertThat(decision(Features.WRITE_MEDIA, alignment, 4096, 65536).isEmpty())
                .isEqualTo(good);
    }

    @Test
    void theDecisionSaysExactlyOneDirection() {
        assertThat(decision(0, 0, 512, 65536)).hasSize(1);
        assertThat(decision(Features.WRITE_MEDIA | Features.READ_MEDIA, 0, 512, 65536)).hasSize(1);
    }

    @Test
    void completeIsEnabledOnlyWhenAskedFor() {
        int enabled = Features.WRITE_MEDIA | Features.COMPLETE_ENABLED;
        assertThat(decision(enabled, 0, 512, 65536))
                .extracting(Said::toString)
                .containsExactly(
                        "VDF_CompleteEnabled is set but the client did not set"
                                + " VDF_RequestComplete");
        assertThat(
                        ConfigurationRules.checkDecision(
                                DeviceSetConfiguration.request(1, Features.REQUEST_COMPLETE),
                                enabled | Features.REQUEST_COMPLETE,
                                0,
                                512,
                                65536))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "65536,0,true",
        "1,0,true",
        "512,8192,true",
        "512,65536,true",
        "0,0,false",
        "65537,0,false",
        "512,512,false",
        "512,5000,false",
        "512,131072,false"
    })
    void aBufferFitsTheTransferAndIsOnlyStricterAligned(int size, int alignment, boolean good) {
        assertThat(ConfigurationRules.checkBuffer(size, alignment, 4096, 65536).isEmpty())
                .isEqualTo(good);
        assertThat(ConfigurationRules.acceptsBuffer(size, alignment, 4096, 65536)).isEqualTo(good);
    }

    @Test
    void aNameIsNotEmptyNotTooLongAndHasNoBackslash() {
        assertThat(ConfigurationRules.checkName("Sluice-{1234}")).isEmpty();
        assertThat(ConfigurationRules.checkName(""))
                .extracting(Said::toString)
                .containsExactly("the name is empty");
        assertThat(ConfigurationRules.checkName("a\\b"))
                .extracting(Said::toString)
                .containsExactly("the name contains a backslash");
        assertThat(ConfigurationRules.checkName("x".repeat(261))).hasSize(1);
    }

    private static List<Said> decision(
            int features, int alignment, int blockSize, int maxTransferSize) {
        return ConfigurationRules.checkDecision(
                PLAIN, features, alignment, blockSize, maxTransferSize);
    }

    private static DeviceSetConfiguration request(
            int alignment, int softFileMarkBlockSize, int features) {
        return new DeviceSetConfiguration(
                1, features, 0, alignment, softFileMarkBlockSize, 0, 0, 0, 0, 0, 0);
    }
}
