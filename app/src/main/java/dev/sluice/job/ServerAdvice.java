package dev.sluice.job;

import dev.sluice.sql.SqlMessage;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.words.Told;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an error of the server means for a backup or restore, and what to do (Microsoft's reference
 * of events and errors).
 *
 * @param key of its words: {@code .cause} and {@code .do} after it
 * @param place how near it is to the cause
 * @param damage whether the backup is not what was written, whatever server reads it
 * @param numbers of the messages that it is about
 */
record ServerAdvice(String key, Place place, boolean damage, Set<Integer> numbers) {

    /** How near a message is to the cause; in this order messages are told. */
    enum Place {
        /** It says what is wrong. */
        CAUSE,
        /** A device failed; why, only the operating system's error in it tells. */
        DEVICE,
        /** It says that the statement failed, which follows from something else. */
        CONSEQUENCE
    }

    private static final List<ServerAdvice> TABLE =
            List.of(
                    // who may, and what there is
                    cause("advice.noRights", 262, 916, 15247),
                    cause("advice.noAccount", 15404),
                    cause("advice.noDatabase", 911),
                    cause("advice.notOpen", 922, 927, 942, 945),
                    cause("advice.otherBackup", 3023),
                    cause("advice.edition", 1844, 3218),
                    cause("advice.noTde", 33117),
                    cause("advice.noMemory", 701),
                    // what a backup builds on
                    cause("advice.noBase", 3035),
                    cause("advice.simpleModel", 4208),
                    cause("advice.noLogChain", 4214),
                    cause("advice.standby", 3036),
                    cause("advice.damagedPage", 3043),
                    // what stands in a restore's way
                    cause("advice.inUse", 3101),
                    cause("advice.inOwnUse", 3102),
                    cause("advice.otherDatabase", 3141, 3154),
                    cause("advice.tailLost", 3159, 3173),
                    cause("advice.place", 3142, 3156, 3176),
                    cause("advice.placeTaken", 1834),
                    cause("advice.volume", 3257),
                    cause("advice.fileNotOpened", 5118, 5120, 5123, 5133),
                    cause("advice.noKey", 33111),
                    cause("advice.newerVersion", 3169, 3255),
                    cause("advice.systemDatabase", 3168),
                    // the order of restores
                    cause("advice.nothingRestored", 3117, 3118),
                    cause("advice.otherBase", 3136),
                    cause("advice.logMissing", 4305),
                    cause("advice.logTooOld", 4326),
                    cause("advice.otherFork", 4330),
                    cause("advice.stopBefore", 4335, 4338),
                    // the media
                    damage("advice.moreDevices", 3132),
                    damage("advice.wrongStripe", 3227, 3231),
                    damage("advice.structure", 3241),
                    damage("advice.noBackup", 3143, 3208, 3242, 3243, 3254),
                    damage("advice.damaged", 3183, 3186, 3189, 3256),
                    damage("advice.damagedDatabase", 3182),
                    cause("advice.noChecksums", 3187),
                    cause("advice.blockSize", 3268, 3269),
                    cause("advice.transferSize", 3199),
                    // the devices
                    new ServerAdvice(
                            "advice.deviceNotOpened",
                            Place.DEVICE,
                            false,
                            Set.of(3201, 3206, 18204)),
                    new ServerAdvice(
                            "advice.deviceFailed",
                            Place.DEVICE,
                            false,
                            Set.of(3202, 3203, 3271, 18210)),
                    new ServerAdvice("advice.cancelled", Place.CONSEQUENCE, false, Set.of(3204)),
                    new ServerAdvice(
                            "advice.noReason",
                            Place.CONSEQUENCE,
                            false,
                            Set.of(SqlMessage.TERMINATED_ABNORMALLY, 3041, 3119, 3167)));

    private static final Map<Integer, ServerAdvice> BY_NUMBER =
            TABLE.stream()
                    .flatMap(advice -> advice.numbers.stream().map(n -> Map.entry(n, advice)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static ServerAdvice cause(String key, Integer... numbers) {
        return new ServerAdvice(key, Place.CAUSE, false, Set.of(numbers));
    }

    private static ServerAdvice damage(String key, Integer... numbers) {
        return new ServerAdvice(key, Place.CAUSE, true, Set.of(numbers));
    }

    /**
     * Whether a server that read a backup says with these messages that it is damaged, and nothing
     * of what it lacks itself, such as a certificate or a newer version.
     */
    static boolean isDamage(List<SqlMessage> messages) {
        List<SqlMessage> errors = messages.stream().filter(SqlMessage::isError).toList();
        return errors.stream().anyMatch(ServerAdvice::tellsDamage)
                && errors.stream()
                        .flatMap(error -> on(error).stream())
                        .allMatch(advice -> advice.damage || advice.place != Place.CAUSE);
    }

    private static boolean tellsDamage(SqlMessage error) {
        return on(error).map(ServerAdvice::damage).orElse(false)
                || SystemErrors.in(error).anyMatch(ServerAdvice::isOfContent);
    }

    /** What a device says of the data on it. */
    private static boolean isOfContent(KnownCode code) {
        return code.number() == CompletionCode.CRC.number()
                || code.number() == CompletionCode.HANDLE_EOF.number();
    }

    /** What probably happened, in sentences. */
    Told happened() {
        return Told.of(key + ".cause");
    }

    /** In sentences. */
    Told whatToDo() {
        return Told.of(key + ".do");
    }

    /** All of it. */
    static List<ServerAdvice> table() {
        return TABLE;
    }

    /** On a message; empty where it says it all. */
    static Optional<ServerAdvice> on(SqlMessage message) {
        return Optional.ofNullable(BY_NUMBER.get(message.number()));
    }

    /** What no entry is about is a cause that says it all. */
    static Place placeOf(SqlMessage message) {
        return on(message).map(ServerAdvice::place).orElse(Place.CAUSE);
    }
}
