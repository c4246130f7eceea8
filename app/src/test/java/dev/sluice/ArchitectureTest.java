package dev.sluice;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The arrows between packages, and the rules a machine can check in the sources of both modules.
 */
class ArchitectureTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<Path> MAIN_SOURCES =
            List.of(ROOT.resolve("vdi-native/src/main/java"), ROOT.resolve("app/src/main/java"));
    private static final List<Path> ALL_SOURCES =
            List.of(ROOT.resolve("vdi-native/src"), ROOT.resolve("app/src"));
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .importPaths(
                            ROOT.resolve("vdi-native/target/classes"),
                            ROOT.resolve("app/target/classes"));

    @Test
    void packageArrowsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("launcher")
                .definedBy("dev.sluice.launcher..")
                .layer("ui")
                .definedBy("dev.sluice.ui..")
                .layer("cli")
                .definedBy("dev.sluice.cli..")
                .layer("doctor")
                .definedBy("dev.sluice.doctor..")
                .layer("job")
                .definedBy("dev.sluice.job..")
                .layer("transfer")
                .definedBy("dev.sluice.transfer..")
                .layer("media")
                .definedBy("dev.sluice.media..")
                .layer("sql")
                .definedBy("dev.sluice.sql..")
                .layer("secret")
                .definedBy("dev.sluice.secret..")
                .layer("bus")
                .definedBy("dev.sluice.bus..")
                .layer("files")
                .definedBy("dev.sluice.files..")
                .layer("words")
                .definedBy("dev.sluice.words..")
                .layer("vdi")
                .definedBy("dev.sluice.vdi..")
                .whereLayer("launcher")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("ui")
                .mayOnlyBeAccessedByLayers("launcher")
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("launcher")
                .whereLayer("doctor")
                .mayOnlyBeAccessedByLayers("ui", "cli", "launcher")
                .whereLayer("job")
                .mayOnlyBeAccessedByLayers("ui", "cli", "doctor", "launcher")
                .whereLayer("transfer")
                .mayOnlyBeAccessedByLayers("job", "media")
                .whereLayer("secret")
                .mayOnlyBeAccessedByLayers("job", "ui", "cli", "doctor", "launcher")
                .whereLayer("bus")
                .mayOnlyBeAccessedByLayers("secret", "ui")
                .whereLayer("words")
                .mayOnlyBeAccessedByLayers(
                        "sql",
                        "secret",
                        "transfer",
                        "media",
                        "job",
                        "doctor",
                        "cli",
                        "ui",
                        "launcher")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("sql", "media", "secret", "job", "doctor", "launcher")
                .check(CLASSES);
    }

    @Test
    void theVirtualDeviceInterfaceKnowsNothingOfTheApplication() {
        noClasses()
                .that()
                .resideInAPackage("dev.sluice.vdi..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.sluice..")
                                .and(DescribedPredicate.not(resideInAPackage("dev.sluice.vdi.."))))
                .check(CLASSES);
    }

    @Test
    void onlyTheWindowKnowsJavaFx() {
        DescribedPredicate<JavaClass> javaFx = resideInAPackage("javafx..");
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.sluice.ui..", "dev.sluice.launcher..")
                .should()
                .dependOnClassesThat(javaFx)
                .check(CLASSES);
    }

    /**
     * One process asks for the size of the terminal, one shows a folder: no argument can hold a
     * secret.
     */
    @Test
    void onlyTheTerminalAndTheFileManagerStartAProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.sluice.cli.Terminal")
                .and()
                .doNotHaveFullyQualifiedName("dev.sluice.ui.common.FileManager")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethodWhere(
                        target(owner(assignableTo(Runtime.class))).and(target(name("exec"))))
                .check(CLASSES);
    }

    @Test
    void theProtocolStartsNoThreadAndReadsNoClock() {
        classes()
                .that()
                .resideInAPackage("dev.sluice.vdi.protocol..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAPackage("dev.sluice.vdi.protocol..")
                                .or(resideInAPackage("dev.sluice.vdi.words.."))
                                .or(resideInAPackage("java.lang.."))
                                .or(resideInAPackage("java.nio.."))
                                .or(resideInAPackage("java.util"))
                                .or(resideInAPackage("java.util.function"))
                                .or(resideInAPackage("java.util.stream"))
                                .or(resideInAPackage("org.jspecify..")))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.sluice.vdi.protocol..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class)
                .check(CLASSES);
    }

    @Test
    void jnaIsImportedInOnePackageOnly() {
        assertThat(filesWith(ALL_SOURCES, "import (static )?com\\.sun\\.jna"))
                .allMatch(file -> file.toString().replace('\\', '/').contains("/vdi/jna/"));
    }

    @Test
    void oneClassAtMostCrossesToTheFxThread() {
        assertThat(filesWith(MAIN_SOURCES, "\\brunLater\\b")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void nothingSleeps() {
        assertThat(filesWith(ALL_SOURCES, "Thread\\.sleep\\(|TimeUnit\\.[A-Z]+\\.sleep\\("))
                .isEmpty();
    }

    @Test
    void noUnfinishedMarksInTheProduct() {
        assertThat(filesWith(MAIN_SOURCES, "\\b(TODO|FIXME|XXX|HACK)\\b")).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        for (Path source : MAIN_SOURCES) {
            Set<Path> packages =
                    javaFiles(source)
                            .filter(file -> !file.endsWith("module-info.java"))
                            .map(Path::getParent)
                            .collect(Collectors.toSet());
            assertThat(packages)
                    .isNotEmpty()
                    .allMatch(folder -> Files.exists(folder.resolve("package-info.java")));
        }
    }

    private static List<Path> filesWith(List<Path> folders, String regex) {
        // the pattern stands in this file, too
        Pattern pattern = Pattern.compile(regex);
        return folders.stream()
                .flatMap(ArchitectureTest::javaFiles)
                .filter(file -> !file.endsWith("ArchitectureTest.java"))
                .filter(file -> pattern.matcher(text(file)).find())
                .toList();
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toAbsolutePath)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
