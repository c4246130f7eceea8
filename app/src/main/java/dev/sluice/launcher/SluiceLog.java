package dev.sluice.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;

import dev.sluice.files.PrivateFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log: {@code sluice.log} and its four predecessors, 4 MiB each, in a folder of the owner's
 * own. Nothing goes to the console. Until {@link #start} nothing is logged at all, so that tests
 * and other users of the module are not written about.
 */
public final class SluiceLog extends ContextAwareBase implements Configurator {

    private static final String FILE = "sluice.log";
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{24}: %msg%n%ex";

    /** Called by the logging library. */
    public SluiceLog() {}

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        log.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Begins to log into a folder, which is made if need be.
     *
     * @return the file
     */
    static Path start(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        createOwn(folder, file);
        LoggerContext log = (LoggerContext) LoggerFactory.getILoggerFactory();
        RollingFileAppender<ILoggingEvent> appender = appender(log, file);
        ch.qos.logback.classic.Logger root = log.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.INFO);
        // the driver of SQL Server and JavaFX would write to the console
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return file;
    }

    private static void createOwn(Path folder, Path file) throws IOException {
        PrivateFiles.createFolders(folder);
        if (!Files.exists(file)) {
            Files.createFile(file, PrivateFiles.fileAttributes(file));
        }
    }

    /** Writes out what is still in hand; the last act of the process. */
    static void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private static RollingFileAppender<ILoggingEvent> appender(LoggerContext log, Path file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(log);
        appender.setFile(file.toString());
        appender.setEncoder(encoder(log));
        appender.setTriggeringPolicy(trigger(log));
        appender.setRollingPolicy(predecessors(log, file, appender));
        appender.start();
        return appender;
    }

    private static PatternLayoutEncoder encoder(LoggerContext log) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(log);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> trigger(LoggerContext log) {
        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(log);
        trigger.setMaxFileSize(new FileSize(4L << 20));
        trigger.start();
        return trigger;
    }

    private static FixedWindowRollingPolicy predecessors(
            LoggerContext log, Path file, RollingFileAppender<ILoggingEvent> appender) {
        FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
        policy.setContext(log);
        policy.setParent(appender);
        policy.setFileNamePattern(file.resolveSibling("sluice.%i.log").toString());
        policy.setMinIndex(1);
        policy.setMaxIndex(4);
        policy.start();
        return policy;
    }
}
