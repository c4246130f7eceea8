package dev.sluice.sql.embedded;

import org.h2.engine.Database;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Holds all other connections of a database between two statements, for the moment of a consistency
 * point. A stored version of H2 gathers its maps one by one; a statement that runs meanwhile could
 * be in one map and not in another. H2 locks a session for as long as it runs a statement, commit
 * included, and that lock is taken here for each session.
 */
final class StatementPause implements AutoCloseable {

    /** How long connections are held while a statement of another one is waited for. */
    private static final long PATIENCE_MILLIS = 20;

    private static final Field LOCK = lockField();

    private final Database database;
    private final Session own;
    private final List<Session> held = new ArrayList<>();

    private StatementPause(SessionLocal own) {
        this.database = own.getDatabase();
        this.own = own;
    }

    /**
     * Waits until no other connection runs a statement, and keeps it so. A long statement is waited
     * for without holding up the others.
     *
     * @param connection the caller's own
     * @param giveUp asked now and then
     * @throws SQLException when the caller gave up
     */
    static StatementPause begin(Connection connection, BooleanSupplier giveUp) throws SQLException {
        SessionLocal own = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        StatementPause pause = new StatementPause(own);
        while (!pause.holdAll()) {
            pause.close();
            if (giveUp.getAsBoolean()) {
                throw new SQLException("cancelled while waiting for statements to end");
            }
        }
        return pause;
    }

    private boolean holdAll() {
        while (true) {
            List<Session> others = others();
            if (others.isEmpty()) {
                return true;
            }
            for (Session other : others) {
                if (!hold(other)) {
                    return false;
                }
            }
        }
    }

    /** Sessions not held yet: connections may have come while others were waited for. */
    private List<Session> others() {
        List<Session> others = new ArrayList<>(List.of(database.getSessions(false)));
        others.remove(own);
        others.removeAll(held);
        return others;
    }

    private boolean hold(Session session) {
        try {
            if (lock(session).tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                held.add(session);
                return true;
            }
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("a thread of the server was interrupted", e);
        }
    }

    private static ReentrantLock lock(Session session) {
        try {
            return (ReentrantLock) LOCK.get(session);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the lock of an H2 session cannot be reached", e);
        }
    }

    private static Field lockField() {
        try {
            Field field = Session.class.getDeclaredField("lock");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this H2 is not the one Sluice was made for", e);
        }
    }

    /** Lets the connections go on. */
    @Override
    public void close() {
        held.forEach(Session::unlock);
        held.clear();
    }
}
