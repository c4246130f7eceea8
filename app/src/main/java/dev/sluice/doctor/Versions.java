package dev.sluice.doctor;

import dev.sluice.job.ToolVersion;
import dev.sluice.words.Told;

import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a report of a problem should say first, and whether Java was started as Sluice needs it: to
 * let the modules through that call SQL Server's library. Java 25 only complains when it was not
 * told so; versions to come refuse.
 */
final class Versions {

    private static final Check.Subject VERSIONS =
            new Check.Subject("versions", Told.of("check.versions"));
    private static final String JNA = "com.sun.jna";

    private Versions() {}

    static Check check() {
        return check(
                Stream.of("dev.sluice.vdi", JNA)
                        .flatMap(name -> ModuleLayer.boot().findModule(name).stream()));
    }

    /**
     * @param callers the modules that call native code
     */
    static Check check(Stream<Module> callers) {
        String refused =
                callers.filter(module -> !module.isNativeAccessEnabled())
                        .map(Module::getName)
                        .collect(Collectors.joining(","));
        if (refused.isEmpty()) {
            return VERSIONS.ok(found());
        }
        return VERSIONS.warning(
                Told.row(found(), Told.of("found.versions.noNativeAccess", refused)),
                List.of(Told.of("fix.nativeAccess", "--enable-native-access=" + refused)));
    }

    private static Told found() {
        return Told.of(
                "found.versions",
                ToolVersion.told(),
                Runtime.version().toString(),
                property("java.vendor"),
                jna(),
                property("os.name"),
                property("os.version"),
                property("os.arch"));
    }

    private static Told property(String name) {
        String value = System.getProperty(name);
        return value == null ? Told.of("version.unknown") : Told.asIs(value);
    }

    private static Told jna() {
        return ModuleLayer.boot()
                .findModule(JNA)
                .map(Module::getDescriptor)
                .flatMap(ModuleDescriptor::rawVersion)
                .map(Told::asIs)
                .orElse(Told.of("version.unknown.of"));
    }
}
