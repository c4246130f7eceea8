package dev.sluice.sqlserver;

import dev.sluice.tds.TestCertificates;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The certificate that all doubles of this process show; made once, for it takes a second. */
final class ServerIdentity {

    private static TestCertificates.@Nullable Identity made;

    private ServerIdentity() {}

    static synchronized TestCertificates.Identity get() throws Exception {
        if (made == null) {
            Path folder = Files.createTempDirectory("sluice-certificates");
            try {
                made = new TestCertificates(folder).valid();
            } finally {
                delete(folder);
            }
        }
        return made;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
