package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** What to do about a message of the server. */
final class ServerAdvice {

    private ServerAdvice() {}

    /** A sentence; empty where the message says it all. */
    static Optional<String> on(int number) {
        return Optional.ofNullable(sentence(number));
    }

    private static @Nullable String sentence(int number) {
        return switch (number) {
            case 262, 916, 15247, 18456 ->
                    "Over virtual devices the login must be a member of sysadmin.";
            case 911 -> "Check the name of the database; the server lists those it has.";
            case 3035 -> "Take a full backup of this database first.";
            case 4208 ->
                    "A database under the simple recovery model has no log backups: take a full or"
                            + " differential one, or change its recovery model.";
            case 3101 -> "Close the connections that use the database.";
            case 3117, 3118, 3136 ->
                    "Restore the full backup this one is based on WITH NORECOVERY first.";
            case 3154, 3159 -> "Allow the database to be replaced, or restore under another name.";
            case 3189, 3203, 3241, 3242 -> "Verify the backup set; if it is damaged, use another.";
            default -> null;
        };
    }
}
