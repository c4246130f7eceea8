package dev.sluice.tds;

/**
 * What a {@link TdsServer} does with what its clients send. Called on a thread of the connection,
 * one call at a time for each connection; it may block for as long as it likes, but must end when
 * {@link Reply#stopped()} says that nobody waits any more.
 *
 * <p>An exception is a defect of the test: it drops the connection, and {@link TdsServer#close()}
 * throws it. Only the one that a {@link Reply} itself throws, when the client has gone, is not.
 */
@FunctionalInterface
public interface Handler {

    /** Refuses a login by answering with an error; otherwise it is accepted. */
    default void login(Login login, Reply reply) throws Exception {}

    /** Answers a batch; the answer ends when this returns. */
    void batch(Request request, Reply reply) throws Exception;
}
