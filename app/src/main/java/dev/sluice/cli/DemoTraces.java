package dev.sluice.cli;

import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.TSql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a demo makes: two databases and a folder for its set. Closing takes it away or keeps it. */
final class DemoTraces implements AutoCloseable {

    private final CliContext context;
    private final boolean keep;
    private final String source;
    private final Path folder;

    DemoTraces(CliContext context, String source, boolean keep) throws IOException {
        this.context = context;
        this.source = source;
        this.keep = keep;
        // only the owner can look into it
        this.folder = Files.createTempDirectory("sluice-demo-");
    }

    /** Where the set goes. */
    Path folder() {
        return folder;
    }

    /** Name of the database to restore to. */
    String copy() {
        return source + "-copy";
    }

    @Override
    public void close() throws SqlServerException, IOException {
        if (keep) {
            say("Kept: databases \"%s\" and \"%s\", set in %s".formatted(source, copy(), folder));
            return;
        }
        dropDatabases();
        deleteFolder();
        say("Both databases and the backup set were taken away again.");
    }

    private void dropDatabases() throws SqlServerException {
        Set<String> ours = Set.of(source, copy());
        try (SqlSession session = context.backend().embedded().connect()) {
            for (DatabaseInfo database : session.databases()) {
                if (ours.contains(database.name())) {
                    session.execute(
                            "DROP DATABASE " + TSql.quoteName(database.name()), message -> {});
                }
            }
        }
    }

    private void deleteFolder() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private void say(String line) {
        context.terminal().out().println(line);
        context.terminal().out().flush();
    }
}
