package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

/** What the packages of every platform are made of, also of those that this machine cannot make. */
class InputsTest {

    @Test
    void everyModuleOfTheProductIsLinkedIntoTheRuntime() throws Exception {
        List<String> linked =
                Run.tool(Built.TARGET.resolve("runtime/bin/java").toString(), "--list-modules")
                        .lines()
                        .map(line -> line.replaceFirst("@.*", ""))
                        .toList();
        List<String> ofProduct =
                ModuleFinder.of(Built.LIBRARIES).findAll().stream()
                        .map(ModuleReference::descriptor)
                        .map(descriptor -> descriptor.name())
                        // JavaFX has an empty jar beside each of a platform; annotations are for
                        // the compiler
                        .filter(name -> !name.endsWith("Empty") && !name.equals("org.jspecify"))
                        .toList();
        assertThat(linked).containsAll(ofProduct);
        assertThat(linked).doesNotContain("jdk.compiler", "jdk.jshell", "jdk.javadoc");
    }

    @Test
    void theBillOfMaterialsNamesTheJavaInThePackages() throws Exception {
        JsonNode bill = new JsonMapper().readTree(Built.pack(".cdx.json"));
        List<JsonNode> java =
                bill.get("components")
                        .valueStream()
                        .filter(part -> part.get("type").asString().equals("platform"))
                        .toList();
        assertThat(java).hasSize(1);
        assertThat(Run.tool(Built.TARGET.resolve("runtime/bin/java").toString(), "--version"))
                .contains(java.getFirst().get("version").asString());
        assertThat(bill.get("components"))
                .extracting(part -> part.get("name").asString())
                .contains("picocli", "javafx-graphics", "h2");
    }

    @Test
    void packagesStartJavaAsTheDistributionDoes() throws Exception {
        List<String> ofDistribution;
        try (var lines = Files.lines(Path.of("../app/src/dist/conf/jvm.options"))) {
            ofDistribution = lines.filter(line -> line.startsWith("-")).toList();
        }
        assertThat(property("java.options").split(" ")).containsExactlyElementsOf(ofDistribution);
    }

    @Test
    void windowsReplacesAnOlderSluiceByItsUpgradeId() throws Exception {
        assertThat(property("upgrade.id")).isEqualTo("3512195a-585b-4c4f-98c7-397c066364f0");
        assertThat(properties("package.arguments.platform"))
                .anyMatch(
                        arguments ->
                                arguments.contains("--win-upgrade-uuid ${upgrade.id}")
                                        && arguments.contains("--win-per-user-install")
                                        && arguments.contains("--win-menu"));
    }

    // jpackage's removal takes away the whole folder that was chosen, with what else is in it
    @Test
    void windowsInstallsIntoAFolderOfItsOwn() throws Exception {
        assertThat(properties("package.arguments.platform"))
                .noneMatch(arguments -> arguments.contains("--win-dir-chooser"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "windows", "macos"})
    void everyPropertyOfTheBuildHasAValueOnEveryPlatform(String platform) throws Exception {
        Document pom = pom();
        Set<String> defined = new TreeSet<>(List.of("path.separator", "icons.path"));
        // the parent's
        defined.add("picocli.version");
        StringBuilder used = new StringBuilder();
        collect(pom.getDocumentElement(), defined, used);
        NodeList profiles = pom.getElementsByTagName("profile");
        for (int i = 0; i < profiles.getLength(); i++) {
            Element profile = (Element) profiles.item(i);
            if (List.of(platform, "x86-64").contains(child(profile, "id").getTextContent())) {
                collect(profile, defined, used);
            }
        }
        assertThat(Pattern.compile("\\$\\{([^}]+)}").matcher(used).results())
                .extracting(found -> found.group(1))
                .filteredOn(name -> !name.startsWith("project."))
                .filteredOn(name -> !name.startsWith("parsedVersion."))
                .isNotEmpty()
                .isSubsetOf(defined);
    }

    /** What a project or profile defines, and the text and attributes in which it may be used. */
    private static void collect(Element part, Set<String> defined, StringBuilder used)
            throws TransformerException {
        NodeList properties = child(part, "properties").getChildNodes();
        for (int i = 0; i < properties.getLength(); i++) {
            defined.add(properties.item(i).getNodeName());
        }
        for (String name : List.of("properties", "build")) {
            StringWriter text = new StringWriter();
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(child(part, name)), new StreamResult(text));
            used.append(text);
        }
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return (Element) node;
            }
        }
        return parent.getOwnerDocument().createElement(name);
    }

    @Test
    void noTwoLaunchersDifferInTheCaseOfTheirLettersAlone() throws Exception {
        assertThat(properties("window.launcher"))
                .hasSize(3)
                .noneMatch(name -> name.equalsIgnoreCase("sluice"));
    }

    @Test
    void profilesBelongToSluiceOnWindows() throws Exception {
        Properties association = new Properties();
        try (Reader file =
                Files.newBufferedReader(Path.of("src/package/windows/profile.properties"))) {
            association.load(file);
        }
        assertThat(association)
                .containsEntry("extension", "sluice")
                .containsEntry("mime-type", "application/vnd.sluice.profile+json")
                .containsKey("description");
        String icon = association.getProperty("icon").replace("@icons@", Built.ICONS.toString());
        assertThat(Path.of(icon)).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice", "profile"})
    void windowsIconsHoldEverySize(String name) throws Exception {
        ByteBuffer icon = read(name + ".ico").order(ByteOrder.LITTLE_ENDIAN);
        assertThat(icon.getShort()).isZero();
        assertThat(icon.getShort()).isEqualTo((short) 1);
        int count = icon.getShort();
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int entry = 6 + 16 * i;
            int width = icon.get(entry) & 0xff;
            BufferedImage picture = picture(icon, icon.getInt(entry + 12), icon.getInt(entry + 8));
            widths.add(picture.getWidth());
            assertThat(width).isEqualTo(picture.getWidth() % 256);
            assertThat(picture.getHeight()).isEqualTo(picture.getWidth());
        }
        assertThat(widths).containsExactly(16, 24, 32, 48, 64, 128, 256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice", "profile"})
    void iconsOfMacosHoldEverySize(String name) throws Exception {
        ByteBuffer icon = read(name + ".icns");
        assertThat(type(icon)).isEqualTo("icns");
        assertThat(icon.getInt()).isEqualTo(icon.capacity());
        List<String> found = new ArrayList<>();
        while (icon.hasRemaining()) {
            String type = type(icon);
            int length = icon.getInt() - 8;
            found.add(type + " " + picture(icon, icon.position(), length).getWidth());
            icon.position(icon.position() + length);
        }
        assertThat(found)
                .containsExactly(
                        "icp4 16",
                        "ic11 32",
                        "icp5 32",
                        "ic12 64",
                        "ic07 128",
                        "ic13 256",
                        "ic08 256",
                        "ic14 512",
                        "ic09 512",
                        "ic10 1024");
    }

    private static String type(ByteBuffer icon) {
        byte[] type = new byte[4];
        icon.get(type);
        return new String(type, StandardCharsets.US_ASCII);
    }

    private static ByteBuffer read(String name) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(Built.ICONS.resolve(name)));
    }

    private static BufferedImage picture(ByteBuffer icon, int offset, int length)
            throws IOException {
        byte[] png = new byte[length];
        icon.get(offset, png);
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)));
    }

    private static String property(String name) throws Exception {
        return properties(name).getFirst();
    }

    /** What the build says under this name, in all of its profiles. */
    private static List<String> properties(String name) throws Exception {
        NodeList found = pom().getElementsByTagName(name);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            values.add(found.item(i).getTextContent());
        }
        return values;
    }

    private static Document pom() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
    }
}
