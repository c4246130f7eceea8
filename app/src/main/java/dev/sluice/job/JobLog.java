package dev.sluice.job;

import dev.sluice.sql.SqlMessage;
import dev.sluice.words.Told;

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

    void info(Told told) {
        add(JobEvent.Level.INFO, told);
    }

    void warning(Told told) {
        add(JobEvent.Level.WARNING, told);
    }

    void error(Told told) {
        add(JobEvent.Level.ERROR, told);
    }

    void server(SqlMessage message) {
        add(
                message.isError() ? JobEvent.Level.ERROR : JobEvent.Level.SERVER,
                Told.asIs(message.toString()));
    }

    synchronized List<JobEvent> events() {
        return Collections.unmodifiableList(new ArrayList<>(events));
    }

    private void add(JobEvent.Level level, Told told) {
        synchronized (this) {
            events.add(new JobEvent(clock.instant(), level, told));
        }
        String text = told.english();
        switch (level) {
            case ERROR -> LOG.error("{}: {}", job, text);
            case WARNING -> LOG.warn("{}: {}", job, text);
            default -> LOG.info("{}: {}", job, text);
        }
    }
}
