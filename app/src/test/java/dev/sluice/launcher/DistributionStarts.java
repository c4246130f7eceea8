package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

/** Runs when the distribution is whole, and starts it as the README says. */
class DistributionStarts {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir private Path home;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void byItsScript() throws Exception {
        assertThat(output(List.of(TARGET.resolve("dist/bin/sluice").toString(), "--version")))
                .startsWith("Sluice ");
    }

    @Test
    void byTheCommandLineOfTheBuild() throws Exception {
        String arguments =
                text("//profile[id='run']//commandlineArgs")
                        .replace("${project.build.directory}", TARGET.toString())
                        .replace("${args}", "--version");
        assertThat(arguments).doesNotContain("${");
        Stream<String> words =
                Pattern.compile("\"([^\"]*)\"|(\\S+)")
                        .matcher(arguments)
                        .results()
                        .map(word -> word.group(1) == null ? word.group(2) : word.group(1));
        assertThat(output(Stream.concat(Stream.of(JAVA.toString()), words).toList()))
                .startsWith("Sluice ");
    }

    /** Plugins work in the order of the file, and those before the last make the distribution. */
    @Test
    void andTheBuildStartsItLast() throws Exception {
        assertThat(text("//profile[id='run']//plugin/artifactId")).isEqualTo("exec-maven-plugin");
        assertThat(text("//profile[id='run']//execution/phase")).isEqualTo("package");
        assertThat(text("/project/build/plugins/plugin[last()]/artifactId"))
                .isEqualTo("exec-maven-plugin");
    }

    private static String text(String path) throws Exception {
        Element pom =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(Path.of("pom.xml").toFile())
                        .getDocumentElement();
        return (String)
                XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.STRING);
    }

    private String output(List<String> command) throws Exception {
        Path output = home.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SLUICE_HOME", home.resolve("sluice").toString());
        builder.environment().put("SLUICE_JAVA", JAVA.toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
