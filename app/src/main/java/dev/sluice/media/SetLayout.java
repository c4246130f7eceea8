package dev.sluice.media;

import dev.sluice.sql.BackupType;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of a backup set on disk.
 *
 * <pre>
 *  &lt;destination&gt;/&lt;server&gt;/&lt;database&gt;/&lt;yyyyMMdd-HHmmss&gt;-&lt;full|diff|log&gt;[-n]/
 *      stripe-01.bak          a stripe; with .partial behind it until the server's verdict
 *      manifest.json          the commit point; with .partial behind it while it is written
 * </pre>
 */
final class SetLayout {

    static final String MANIFEST = "manifest.json";
    static final String PARTIAL = ".partial";

    /** The most stripes a set can have: as many as a device set has devices. */
    static final int MAX_STRIPES = 64;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final Pattern FOLDER =
            Pattern.compile(
                    "\\d{8}-\\d{6}-("
                            + Arrays.stream(BackupType.values())
                                    .map(BackupType::word)
                                    .collect(Collectors.joining("|"))
                            + ")(-\\d{1,3})?");
    private static final Pattern STRIPE = Pattern.compile("stripe-\\d{2}\\.bak");

    private SetLayout() {}

    static String folderName(LocalDateTime time, BackupType type) {
        return TIME.format(time) + "-" + type.word();
    }

    /** Such as {@code stripe-01.bak} for stripe 0. */
    static String stripeName(int stripe) {
        return "stripe-%02d.bak".formatted(stripe + 1);
    }

    static Path partial(Path file) {
        return file.resolveSibling(file.getFileName() + PARTIAL);
    }

    static boolean isSetFolder(Path folder) {
        return FOLDER.matcher(name(folder)).matches();
    }

    /** Whether a set's folder is one of a log backup. */
    static boolean isLogFolder(Path folder) {
        Matcher matcher = FOLDER.matcher(name(folder));
        return matcher.matches() && matcher.group(1).equals(BackupType.LOG.word());
    }

    static boolean isStripeName(String name) {
        return STRIPE.matcher(name).matches();
    }

    /** Whether a file is a stripe, finished or not. */
    static boolean isStripe(Path file) {
        return isStripeName(withoutPartial(name(file)));
    }

    /** Whether a file in a set's folder has a name that only we give. */
    static boolean isOurs(Path file) {
        return isStripe(file) || withoutPartial(name(file)).equals(MANIFEST);
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static String withoutPartial(String name) {
        return name.endsWith(PARTIAL) ? name.substring(0, name.length() - PARTIAL.length()) : name;
    }
}
