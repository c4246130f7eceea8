package dev.sluice.job;

import dev.sluice.secret.RememberedSecrets;
import dev.sluice.secret.Secret;
import dev.sluice.secret.SecretException;
import dev.sluice.secret.SecretQuestion;
import dev.sluice.secret.SecretSource;
import dev.sluice.secret.SecretStore;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.mssql.MssqlServer;
import dev.sluice.sql.mssql.MssqlServer.VdiOfMachine;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The servers that the user added, and their secrets. A secret is asked for once, when a session
 * first needs it, and remembered until this is closed. Safe from any thread.
 */
public final class AddedServers implements AutoCloseable {

    private final ServerStore files;
    private final SecretStore store;
    private final VdiOfMachine vdi;
    private final RememberedSecrets secrets;
    private volatile SecretSource source;
    private volatile Listing<ServerDefinition> known;

    /**
     * Reads which servers there are; a folder that cannot be read is told with the name of a server
     * that is not found.
     *
     * @param folders where they are
     * @param store where their secrets are kept
     * @param vdi how device sets are reached, on the machine that a server runs on
     */
    public AddedServers(Folders folders, SecretStore store, VdiOfMachine vdi) {
        this.files = ServerStore.of(folders);
        this.store = store;
        this.vdi = vdi;
        this.source = SecretSource.of(store);
        this.secrets = new RememberedSecrets(question -> source.find(question));
        this.known = read();
    }

    /** Where secrets that are not remembered come from, from now on; at first, the store alone. */
    public void secretsFrom(SecretSource newSource) {
        source = newSource;
    }

    /** Where secrets are kept. */
    public SecretStore store() {
        return store;
    }

    /** The servers, read anew. */
    public Listing<ServerDefinition> list() {
        known = read();
        return known;
    }

    /**
     * The server's definition, read anew.
     *
     * @throws UnknownNameException when there is none of this name
     * @throws SavedFileException when its file is damaged or of a newer version
     */
    public ServerDefinition load(String name) throws IOException {
        return files.load(name);
    }

    /** The server of this name, as it was when last read. */
    public Optional<SqlServer> find(String name) {
        return definition(name).map(this::open);
    }

    /** A server to connect to, whether it is kept or not. */
    public SqlServer open(ServerDefinition server) {
        String key = server.question().key();
        return new AddedServer(
                new MssqlServer(server.name(), server.connection(), () -> word(server), vdi),
                () -> secrets.forget(key));
    }

    /**
     * Has the secret of a server at hand from now on, so that nobody is asked later: at once for a
     * server that needs none or is not among these.
     *
     * @return whether it needs one
     * @throws SecretException when it cannot be had
     */
    public boolean askNow(String name) throws SecretException {
        Optional<ServerDefinition> server = definition(name);
        if (server.isEmpty() || !server.get().connection().login().needsSecret()) {
            return false;
        }
        ask(server.get(), server.get().question()).close();
        return true;
    }

    /**
     * What has to be known before a session with a server can begin; empty for one that needs
     * nothing or is not among these.
     */
    public Optional<SecretQuestion> question(String name) {
        return definition(name)
                .filter(server -> server.connection().login().needsSecret())
                .map(ServerDefinition::question);
    }

    /**
     * Whether the answer is at hand, remembered or where secrets come from.
     *
     * @throws SecretException when it should be there and cannot be had
     */
    public boolean knows(SecretQuestion question) throws SecretException {
        try (Secret secret = secrets.find(question)) {
            return secret != null;
        }
    }

    /** Takes the answer that somebody gave; it is remembered until this is closed. */
    public void remember(SecretQuestion question, Secret secret) {
        secrets.remember(question.key(), secret);
    }

    /**
     * Keeps a new server, and its secret where that is to be kept.
     *
     * @throws SavedFileException when there is one of this name
     * @throws SecretException when the secret cannot be had, and nothing was done; or cannot be
     *     kept, and the server was
     */
    public void add(ServerDefinition server) throws IOException {
        files.checkFree(server.name());
        save(server, false, server.secret() == SecretPolicy.STORE);
    }

    /**
     * Changes a server.
     *
     * @param newSecret whether a secret that is kept already is to be asked for anew; that of
     *     another login always is
     * @throws UnknownNameException when there is none of this name
     * @throws SecretException as for {@link #add}
     */
    public void replace(ServerDefinition server, boolean newSecret) throws IOException {
        replace(server, newSecret, null);
    }

    /**
     * Changes a server, as the other.
     *
     * @param given its secret, which stays the caller's; null when there is nothing new to it
     */
    public void replace(ServerDefinition server, @Nullable Secret given) throws IOException {
        replace(server, given != null, given);
    }

    private void replace(ServerDefinition server, boolean newSecret, @Nullable Secret given)
            throws IOException {
        ServerDefinition old = files.load(server.name());
        boolean kept = old.secret() == SecretPolicy.STORE;
        boolean keep = server.secret() == SecretPolicy.STORE;
        boolean same = old.connection().login().equals(server.connection().login());
        secrets.forget(server.question().key());
        if (given != null) {
            remember(server.question(), given);
        }
        save(server, true, keep && (newSecret || !kept || !same));
        if (kept && !keep) {
            store.remove(server.question().key());
        }
    }

    /**
     * Removes a server and its secret.
     *
     * @throws UnknownNameException when there is none of this name
     * @throws SecretException when the server was removed, but its secret is still in the store
     */
    public void remove(String name) throws IOException {
        known = read();
        Optional<ServerDefinition> server = definition(name);
        files.delete(name);
        known = read();
        String key = ServerDefinition.key(name);
        secrets.forget(key);
        // of a damaged file nobody knows whether there is a secret to it
        if (server.isEmpty() || server.get().secret() == SecretPolicy.STORE) {
            try {
                store.remove(key);
            } catch (SecretException e) {
                throw new SecretException(Told.of("secret.notRemoved", e.told()), e);
            }
        }
    }

    /** Why no device set of this server can be reached from here; empty when it can. */
    public static Optional<String> elsewhere(String name, ServerFacts facts) {
        try {
            Preflight.here(name, facts);
            return Optional.empty();
        } catch (JobException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** Erases the secrets that are remembered. */
    @Override
    public void close() {
        secrets.close();
    }

    /** The names, and what keeps others from being among them. */
    UnknownNameException unknown(String name, List<String> others) {
        List<String> names =
                Stream.concat(others.stream(), known.found().stream().map(ServerDefinition::name))
                        .toList();
        return new UnknownNameException("server", name, names, known.problems());
    }

    private void save(ServerDefinition server, boolean overwrite, boolean withSecret)
            throws IOException {
        if (withSecret) {
            Told obstacle = store.obstacle();
            if (obstacle != null) {
                throw new SecretException(
                        Told.of("secret.notKept", server.question().text(), obstacle), null);
            }
            try (Secret secret = ask(server, server.question().afresh())) {
                save(server, overwrite);
                keep(server, secret);
            }
        } else {
            save(server, overwrite);
        }
    }

    private void save(ServerDefinition server, boolean overwrite) throws IOException {
        files.save(server, overwrite);
        known = read();
    }

    private void keep(ServerDefinition server, Secret secret) throws SecretException {
        try {
            store.keep(server.question().key(), secret);
        } catch (SecretException e) {
            throw new SecretException(Told.of("secret.savedWithout", e.told()), e);
        }
    }

    private Listing<ServerDefinition> read() {
        try {
            return files.list();
        } catch (IOException e) {
            return new Listing<>(List.of(), List.of(Told.of("saved.servers", e.toString())));
        }
    }

    private Optional<ServerDefinition> definition(String name) {
        return known.found().stream().filter(server -> server.name().equals(name)).findFirst();
    }

    private Secret ask(ServerDefinition server, SecretQuestion question) throws SecretException {
        Secret secret = secrets.find(question);
        if (secret == null) {
            throw new SecretException(missing(server), null);
        }
        return secret;
    }

    private Told missing(ServerDefinition server) {
        Told text = Told.of("secret.needed", server.question().text());
        if (server.secret() == SecretPolicy.ASK) {
            return text;
        }
        Told obstacle = store.obstacle();
        return Told.lines(
                text,
                Told.of(
                        "secret.stored",
                        obstacle == null ? Told.of("secret.notThere", store.title()) : obstacle));
    }

    /** The secret as the driver takes it: a text that nobody can wipe. */
    private String word(ServerDefinition server) throws SqlServerException {
        try (Secret secret = ask(server, server.question())) {
            char[] characters = secret.characters();
            String word = new String(characters);
            Arrays.fill(characters, '\0');
            return word;
        } catch (SecretException e) {
            throw new SqlServerException(Told.of(e), e);
        }
    }
}
