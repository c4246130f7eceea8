package dev.sluice.cli;

import dev.sluice.job.ToolVersion;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class SluiceVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "Sluice %s (%s)".formatted(ToolVersion.get(), ToolVersion.build()),
            "Java " + Runtime.version()
        };
    }
}
