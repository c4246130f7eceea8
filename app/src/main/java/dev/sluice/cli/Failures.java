package dev.sluice.cli;

import dev.sluice.job.JobException;
import dev.sluice.job.UnknownNameException;
import dev.sluice.sql.SqlServerException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.UUID;

/** Tells failures of commands: one clear block; the stack trace of the unexpected into the log. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final PrintWriter err;
    private final Path log;

    Failures(PrintWriter err, Path log) {
        this.err = err;
        this.log = log;
    }

    /** Tells what became of a command, and returns the exit code. */
    int tell(Exception failure, String command) {
        switch (failure) {
            case CommandFailedException known -> block(command, known.getMessage(), known.advice());
            case UnknownNameException known -> block(command, known.getMessage(), "");
            case JobException known -> block(command, known.getMessage(), "");
            case SqlServerException known -> block(command, known.getMessage(), "");
            case IOException known -> block(command, reason(known), "");
            case InterruptedException interrupted -> {
                Thread.currentThread().interrupt();
                block(command, "interrupted before it ended", "");
            }
            default -> unexpected(failure, command);
        }
        return ExitCode.FAILED;
    }

    private void unexpected(Exception failure, String command) {
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("unexpected error {} in \"{}\"", id, command, failure);
        block(
                command,
                "unexpected error " + id + ": " + failure,
                "The details are in " + log + " under this number.");
    }

    private void block(String command, @Nullable String what, String advice) {
        err.println(command + " failed:");
        String.valueOf(what).lines().forEach(line -> err.println("  " + line));
        advice.lines().forEach(line -> err.println("  " + line));
        err.flush();
    }

    /** The exceptions of the file system whose message is nothing but a path get words. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied ->
                    "no permission for " + denied.getFile() + "; choose another or ask its owner";
            case FileAlreadyExistsException there -> there.getFile() + " exists already";
            case NotDirectoryException file -> file.getFile() + " is no folder";
            case FileSystemException other when other.getReason() != null ->
                    other.getFile() + ": " + other.getReason();
            default ->
                    failure.getMessage() == null
                            ? failure.getClass().getSimpleName()
                            : failure.getMessage();
        };
    }
}
