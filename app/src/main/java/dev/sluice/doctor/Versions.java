package dev.sluice.doctor;

import dev.sluice.job.ToolVersion;

import java.lang.module.ModuleDescriptor;

/** What a report of a problem should say first. */
final class Versions {

    private Versions() {}

    static Check check() {
        return new Check.Subject("versions", "Versions")
                .ok(
                        "Sluice %s; Java %s, %s; JNA %s; %s %s, %s."
                                .formatted(
                                        ToolVersion.get(),
                                        Runtime.version(),
                                        property("java.vendor"),
                                        jna(),
                                        property("os.name"),
                                        property("os.version"),
                                        property("os.arch")));
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String jna() {
        return ModuleLayer.boot()
                .findModule("com.sun.jna")
                .map(Module::getDescriptor)
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("of unknown version");
    }
}
