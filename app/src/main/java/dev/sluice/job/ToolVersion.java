package dev.sluice.job;

import java.lang.module.ModuleDescriptor;

/** The version of this Sluice. */
public final class ToolVersion {

    private ToolVersion() {}

    /** As the build gave it to the module. */
    public static String get() {
        ModuleDescriptor descriptor = ToolVersion.class.getModule().getDescriptor();
        return descriptor == null ? "unversioned" : descriptor.rawVersion().orElse("unversioned");
    }
}
