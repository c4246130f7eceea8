package dev.sluice.sql.embedded;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.vdi.server.ServerVdiProvider;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out statements. Safe from any thread; a statement runs on the calling one. */
final class Interpreter {

    private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

    private final Databases databases;
    private final Backups backups;
    private final Restores restores;

    Interpreter(Catalog catalog, Databases databases, ServerVdiProvider vdi, ReadSizes sizes) {
        this.databases = databases;
        this.restores = new Restores(catalog, databases, vdi, sizes);
        this.backups = new Backups(catalog, databases, vdi);
    }

    /** Runs one statement; whatever happens is said in the conversation. */
    void run(String text, Conversation conversation) {
        try {
            run(Parser.parse(text), conversation);
        } catch (StatementException e) {
            e.messages().forEach(conversation::say);
        } catch (RuntimeException | Error e) {
            unexpected(text, e).messages().forEach(conversation::say);
        }
    }

    private static StatementException unexpected(String text, Throwable e) {
        LOG.error("a statement failed unexpectedly: {}", text, e);
        return new StatementException(Messages.internal(e), e);
    }

    private void run(Statement statement, Conversation conversation) throws StatementException {
        switch (statement) {
            case Statement.CreateDatabase create -> databases.create(create.name());
            case Statement.DropDatabase drop -> databases.drop(drop.name());
            case Statement.Backup backup -> backup(backup.description(), conversation);
            case Statement.Restore restore -> restore(restore.description(), conversation);
        }
    }

    private void backup(BackupStatement statement, Conversation conversation)
            throws StatementException {
        String verb = "BACKUP " + (statement.type() == BackupType.LOG ? "LOG" : "DATABASE");
        try {
            backups.run(statement, conversation);
        } catch (StatementException e) {
            throw e.terminating(verb);
        } catch (RuntimeException | Error e) {
            throw unexpected(statement.toSql(), e).terminating(verb);
        }
    }

    private void restore(RestoreStatement statement, Conversation conversation)
            throws StatementException {
        String verb =
                statement.kind() == RestoreStatement.Kind.VERIFYONLY
                        ? "VERIFY DATABASE"
                        : "RESTORE " + statement.kind();
        try {
            restores.run(statement, conversation);
        } catch (StatementException e) {
            throw e.terminating(verb);
        } catch (RuntimeException | Error e) {
            throw unexpected(statement.toSql(), e).terminating(verb);
        }
    }
}
