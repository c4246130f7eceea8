package dev.sluice.sql.embedded;

import dev.sluice.vdi.server.ServerVdiProvider;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out statements. Safe from any thread; a statement runs on the calling one. */
final class Interpreter {

    private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

    private final Databases databases;

    Interpreter(Catalog catalog, Databases databases, ServerVdiProvider vdi) {
        this.databases = databases;
    }

    /** Runs one statement; whatever happens is said in the conversation. */
    void run(String text, Conversation conversation) {
        try {
            run(Parser.parse(text));
        } catch (StatementException e) {
            e.messages().forEach(conversation::say);
        } catch (RuntimeException e) {
            LOG.error("a statement failed unexpectedly: {}", text, e);
            conversation.say(Messages.internal(e));
        }
    }

    private void run(Statement statement) throws StatementException {
        switch (statement) {
            case Statement.CreateDatabase create -> databases.create(create.name());
            case Statement.DropDatabase drop -> databases.drop(drop.name());
            case Statement.Backup backup -> databases.require(backup.description().database());
            case Statement.Restore restore -> databases.find(restore.description().database());
        }
    }
}
