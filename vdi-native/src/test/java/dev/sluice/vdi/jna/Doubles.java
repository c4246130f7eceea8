package dev.sluice.vdi.jna;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The doubles of the native libraries in {@code src/test/native}, compiled when a test first asks
 * for one and kept until a source changes. Forked processes share them. Where they cannot be made,
 * because this is not Linux or there is no compiler, the asking test is skipped and says why.
 */
public final class Doubles {

    private static final Path MODULE = module();
    private static final Path SOURCES = MODULE.resolve("src/test/native");
    private static final Path TARGET = MODULE.resolve("target/native");
    private static final List<String> COMPILERS = List.of("c++", "g++", "clang++");
    private static final Map<String, Path> BUILT = new HashMap<>();

    private Doubles() {}

    /** Seen from this module, from its neighbours, or from above. */
    private static Path module() {
        return Stream.of("", "../vdi-native", "vdi-native")
                .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                .filter(folder -> Files.isDirectory(folder.resolve("src/test/native")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("vdi-native is not near here"));
    }

    /** The double of {@code sqlvdi.dll} with the functions of COM. */
    public static Path comLibrary() {
        return folder().resolve("com/libsluice-com-double.so");
    }

    /** The double of {@code libsqlvdi.so}, of that name. */
    public static Path posixLibrary() {
        return folder().resolve("posix/libsqlvdi.so");
    }

    /** A client in C++ for the double of {@code libsqlvdi.so}, for comparison. */
    public static Path referenceClient() {
        return folder().resolve("reference-client");
    }

    /** The doubles' own tests; without an argument it lists them. */
    static Path selfTest() {
        folder();
        return built("self-test").resolve("self-test");
    }

    /** A program that prints sizes, offsets and slots as the compiler sees them. */
    public static Path layout() {
        return folder().resolve("layout");
    }

    private static Path folder() {
        return built("doubles");
    }

    /** The folder in which a target of {@code build.sh} is made. */
    private static synchronized Path built(String target) {
        Path present = BUILT.get(target);
        if (present == null) {
            present = build(compiler(), target);
            BUILT.put(target, present);
        }
        return present;
    }

    private static String compiler() {
        String system = System.getProperty("os.name", "");
        assumeTrue(
                system.toLowerCase(Locale.ROOT).contains("linux"),
                "the doubles of the native libraries need Linux, this is " + system);
        String found = COMPILERS.stream().filter(Doubles::isOnPath).findFirst().orElse("");
        assumeTrue(
                !found.isEmpty(),
                "the doubles of the native libraries need a C++ compiler, none of "
                        + COMPILERS
                        + " is on the path");
        return found;
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Compiles into a folder named after the sources, unless it was done before. */
    private static Path build(String compiler, String target) {
        try {
            Path folder = TARGET.resolve(fingerprint(compiler));
            Path complete = folder.resolve(target + ".complete");
            Files.createDirectories(folder);
            Path lockFile = TARGET.resolve("lock");
            try (FileChannel channel =
                            FileChannel.open(
                                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(complete)) {
                    compile(compiler, folder, target);
                    Files.createFile(complete);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("The doubles cannot be built in " + TARGET, e);
        }
    }

    private static void compile(String compiler, Path folder, String target) throws IOException {
        Path log = folder.resolve(target + ".log");
        ProcessBuilder build =
                new ProcessBuilder(
                        "sh", SOURCES.resolve("build.sh").toString(), folder.toString(), target);
        build.environment().put("CXX", compiler);
        build.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            if (build.start().waitFor() != 0) {
                throw new IOException("The compiler failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The build of the doubles was interrupted", e);
        }
    }

    private static String fingerprint(String compiler) throws IOException {
        MessageDigest digest = sha256();
        digest.update(compiler.getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.sorted().toList()) {
                digest.update(source.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(source));
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
