package dev.sluice.job;

import dev.sluice.sql.SqlMessage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The log of one job: for people who watch it, and in short for the program's own log. */
final class JobLog {

    private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

    private final String job;
    private final Clock clock;
    private final List<JobEvent> events = new ArrayList<>();

    JobLog(String job, Clock clock) {
        this.job = job;
        this.clock = clock;
    }

    void info(String text) {
        add(JobEvent.Level.INFO, text);
    }

    void warning(String text) {
        add(JobEvent.Level.WARNING, text);
    }

    void error(String text) {
        add(JobEvent.Level.ERROR, text);
    }

    void server(SqlMessage message) {
        add(message.isError() ? JobEvent.Level.ERROR : JobEvent.Level.SERVER, message.toString());
    }

    synchronized List<JobEvent> events() {
        return Collections.unmodifiableList(new ArrayList<>(events));
    }

    private void add(JobEvent.Level level, String text) {
        synchronized (this) {
            events.add(new JobEvent(clock.instant(), level, text));
        }
        switch (level) {
            case ERROR -> LOG.error("{}: {}", job, text);
            case WARNING -> LOG.warn("{}: {}", job, text);
            default -> LOG.info("{}: {}", job, text);
        }
    }
}
