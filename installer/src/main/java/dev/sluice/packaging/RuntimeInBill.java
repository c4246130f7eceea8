package dev.sluice.packaging;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;

/**
 * Adds Java itself to the bill of materials, whose plugin knows what comes from Maven alone. It is
 * the Java that this runs on: its modules were linked into the packages.
 */
final class RuntimeInBill {

    private RuntimeInBill() {}

    /**
     * Writes the bill anew.
     *
     * @param arguments its file, in CycloneDX's JSON
     */
    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        JsonMapper json = new JsonMapper();
        ObjectNode bill = (ObjectNode) json.readTree(file);
        String reference = "java-runtime";
        bill.withArray("components").add(runtime(json, reference));
        ArrayNode dependencies = bill.withArray("dependencies");
        String product = bill.at("/metadata/component/bom-ref").asString();
        dependencies
                .valueStream()
                .filter(of -> of.path("ref").asString().equals(product))
                .forEach(of -> ((ObjectNode) of).withArray("dependsOn").add(reference));
        dependencies.addObject().put("ref", reference).putArray("dependsOn");
        json.writerWithDefaultPrettyPrinter().writeValue(file, bill);
    }

    private static ObjectNode runtime(JsonMapper json, String reference) {
        ObjectNode runtime = json.createObjectNode();
        runtime.put("type", "platform");
        runtime.put("bom-ref", reference);
        runtime.putObject("supplier").put("name", System.getProperty("java.vendor"));
        runtime.put("name", System.getProperty("java.runtime.name"));
        runtime.put("version", Runtime.version().toString());
        runtime.put("description", "The modules of Java that the product needs");
        runtime.putArray("licenses")
                .addObject()
                .put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
        return runtime;
    }
}
