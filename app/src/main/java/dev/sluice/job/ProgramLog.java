package dev.sluice.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program's own log, in which each run writes what happens at once: all that is left of the log
 * of a run whose process died.
 */
final class ProgramLog {

    private static final Pattern LINE =
            Pattern.compile("(\\d{4}-\\S+) (ERROR|WARN|INFO) +\\[[^]]*] \\S+: (.*)");

    private ProgramLog() {}

    /**
     * What a run wrote, oldest first, as far as it is there. What the server said is not told apart
     * from what the run did.
     *
     * @param folder with the log and its predecessors; need not exist
     * @param id of the run
     */
    static List<JobEvent> of(Path folder, String id) throws IOException {
        List<JobEvent> events = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sluice*.log")) {
                for (Path file : files) {
                    read(file, id + ": ", events);
                }
            }
        }
        events.sort(Comparator.comparing(JobEvent::at));
        return events;
    }

    private static void read(Path file, String prefix, List<JobEvent> events) throws IOException {
        boolean goesOn = false;
        for (String line : lines(file)) {
            Matcher entry = LINE.matcher(line);
            if (entry.matches()) {
                String text = entry.group(3);
                goesOn = text.startsWith(prefix);
                if (goesOn) {
                    JobEvent.Level level = level(entry.group(2));
                    String told = text.substring(prefix.length());
                    add(new Entry(entry.group(1), level, told), events);
                }
            } else if (goesOn && !events.isEmpty()) {
                // a statement or a message of several lines
                JobEvent last = events.removeLast();
                events.add(new JobEvent(last.at(), last.level(), last.text() + "\n" + line));
            }
        }
    }

    private record Entry(String at, JobEvent.Level level, String text) {}

    private static void add(Entry entry, List<JobEvent> events) {
        try {
            events.add(
                    new JobEvent(
                            OffsetDateTime.parse(entry.at()).toInstant(),
                            entry.level(),
                            entry.text()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"%s\" in the program's log is no time".formatted(entry.at()), e);
        }
    }

    /** A process that died may have left half a letter. */
    private static List<String> lines(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static JobEvent.Level level(String word) {
        return switch (word) {
            case "ERROR" -> JobEvent.Level.ERROR;
            case "WARN" -> JobEvent.Level.WARNING;
            default -> JobEvent.Level.INFO;
        };
    }
}
