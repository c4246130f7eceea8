import com.google.googlejavaformat.java.Main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the formatter over every Java source of the project. {@code check} fails when a file would
 * change and names it; {@code write} mends the files.
 */
final class Format {

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean write = args[0].equals("write");
        List<String> arguments = new ArrayList<>(List.of("--aosp"));
        arguments.addAll(
                write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        Path root = Path.of(args[1]);
        for (String folder :
                List.of("config", "icons", "vdi-native/src", "app/src", "installer/src")) {
            addSources(root.resolve(folder), arguments);
        }
        if (!write) {
            System.out.println(
                    "Files named below are not formatted; mend them with: ./mvnw -q -N verify"
                            + " -Dformat=write");
        }
        Main.main(arguments.toArray(String[]::new));
    }

    private static void addSources(Path folder, List<String> arguments) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> arguments.add(file.toString()));
        }
    }
}
