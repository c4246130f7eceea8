package dev.sluice.cli;

import picocli.CommandLine.IVersionProvider;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** The version, from the module itself. */
final class SluiceVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version =
                Optional.ofNullable(SluiceVersion.class.getModule().getDescriptor())
                        .flatMap(ModuleDescriptor::rawVersion)
                        .orElse("(development)");
        return new String[] {"Sluice " + version, "Java " + Runtime.version()};
    }
}
