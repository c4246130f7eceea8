package dev.sluice.cli;

import dev.sluice.doctor.Doctor;
import dev.sluice.job.AddedServers;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.embedded.EmbeddedServer;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the manual's pages and the completion for shells, both from the commands themselves. In
 * their package, which shows them to nobody else.
 */
final class Manual {

    private Manual() {}

    /**
     * Writes the files.
     *
     * @param folders for the pages in AsciiDoc, and for the completion
     */
    public static void main(String[] folders) throws IOException {
        CommandLine sluice = SluiceCommand.tree(context());
        Path pages = Files.createDirectories(Path.of(folders[0]));
        ManPageGenerator.generateManPage(
                pages.toFile(),
                null,
                new boolean[0],
                true,
                Stream.concat(Stream.of(sluice.getCommandSpec()), below(sluice))
                        .toArray(CommandSpec[]::new));
        Path completion = Files.createDirectories(Path.of(folders[1]));
        Files.writeString(completion.resolve("sluice"), AutoComplete.bash("sluice", sluice));
    }

    private static Stream<CommandSpec> below(CommandLine command) {
        return command.getSubcommands().values().stream()
                .distinct()
                .flatMap(below -> Stream.concat(Stream.of(below.getCommandSpec()), below(below)));
    }

    private static CliContext context() {
        return new CliContext(
                Terminal.plain(
                        new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter())),
                SecretInputs.ofProcess(Map.of()),
                listener -> () -> {},
                new NothingBehind(),
                Path.of("sluice.log"));
    }

    /** No command is carried out. */
    private static final class NothingBehind implements Backend {

        @Override
        public void choose(VdiChoice choice) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SluiceEngine engine() {
            throw new UnsupportedOperationException();
        }

        @Override
        public EmbeddedServer embedded() {
            throw new UnsupportedOperationException();
        }

        @Override
        public AddedServers servers() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Doctor doctor() {
            throw new UnsupportedOperationException();
        }
    }
}
