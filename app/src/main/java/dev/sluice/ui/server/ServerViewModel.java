package dev.sluice.ui.server;

import dev.sluice.job.AddedServers;
import dev.sluice.job.SecretPolicy;
import dev.sluice.job.ServerDefinition;
import dev.sluice.secret.Secret;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.mssql.ConnectionSettings;
import dev.sluice.sql.mssql.Encryption;
import dev.sluice.sql.mssql.Fingerprint;
import dev.sluice.sql.mssql.Login;
import dev.sluice.sql.mssql.LoginKind;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Numbers;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The form of a server, checked as it is typed. Holds no secret. FX thread. */
public final class ServerViewModel {

    private static final int LAST_PORT = 65_535;
    private static final Pattern FINGERPRINT =
            Pattern.compile("(?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}");

    private final @Nullable AddedServers added;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final Runnable onChange;
    private final Field name = new Field("");
    private final Field host = new Field("");
    private final Field port = new Field("");
    private final Field instance = new Field("");
    private final Field fingerprint = new Field("");
    private final Field certificateHost = new Field("");
    private final Field user = new Field("");
    private final ObjectProperty<Encryption> encryption =
            new SimpleObjectProperty<>(Encryption.MANDATORY);
    private final ObjectProperty<LoginKind> login = new SimpleObjectProperty<>(LoginKind.SQL);
    private final BooleanProperty keep = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper secretKeepable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper existing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper good = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper worked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper shownCertificate = new ReadOnlyStringWrapper("");

    /**
     * A form for a new server.
     *
     * @param onChange what to do when the servers have changed
     */
    public ServerViewModel(
            @Nullable AddedServers added,
            Background background,
            Notices notices,
            Texts texts,
            Runnable onChange) {
        this.added = added;
        this.background = background;
        this.notices = notices;
        this.texts = texts;
        this.onChange = onChange;
        fields().forEach(field -> field.text().addListener(changed -> check()));
        encryption.addListener(changed -> check());
        login.addListener(changed -> check());
        check();
    }

    private Stream<Field> fields() {
        return Stream.of(name, host, port, instance, fingerprint, certificateHost, user);
    }

    private AddedServers servers() {
        if (added == null) {
            throw new IllegalStateException("no server can be added to this engine");
        }
        return added;
    }

    /** Empties the form, for a new server. */
    public void clear() {
        fields().forEach(field -> field.reset(""));
        encryption.set(Encryption.MANDATORY);
        login.set(LoginKind.SQL);
        keep.set(false);
        existing.set(false);
        tell(false, "");
    }

    /** Fills the form with a server that is there. */
    public void open(String server, Runnable then) {
        background.run(
                () -> servers().load(server),
                found -> {
                    fill(found);
                    then.run();
                },
                notices::error);
    }

    private void fill(ServerDefinition server) {
        ConnectionSettings to = server.connection();
        name.text().set(server.name());
        host.text().set(to.host());
        port.text().set(to.port() == 0 ? "" : Integer.toString(to.port()));
        instance.text().set(orEmpty(to.instance()));
        fingerprint.text().set(orEmpty(to.trustedCertificate()));
        certificateHost.text().set(orEmpty(to.hostNameInCertificate()));
        encryption.set(to.encryption());
        login.set(to.login().kind());
        user.text().set(orEmpty(to.login().user()));
        keep.set(server.secret() == SecretPolicy.STORE);
        existing.set(true);
        tell(false, "");
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private void check() {
        fields().forEach(field -> field.setError(""));
        name.setError(problem(this::named));
        port.require(
                port.isBlank() || Numbers.whole(typed(port), 1, LAST_PORT).isPresent(),
                texts.get("server.port.wrong"));
        user.setError(problem(this::who));
        fingerprint.setError(problem(this::trusted));
        host.setError(problem(() -> at(typed(host), 0, null, null, null)));
        int number = Numbers.whole(typed(port), 1, LAST_PORT).orElse(0);
        instance.setError(problem(() -> at("h", number, typedOrNull(instance), null, null)));
        if (fingerprint.isGood()) {
            certificateHost.setError(
                    problem(() -> at("h", 0, null, trusted(), typedOrNull(certificateHost))));
        }
        good.set(fields().allMatch(Field::isGood));
        boolean secret = user.isGood() && who().needsSecret();
        secretKeepable.set(secret && login.get() != LoginKind.ENTRA_TOKEN);
    }

    private ServerDefinition named() {
        return new ServerDefinition(typed(name), at("h", 0, null, null, null), SecretPolicy.ASK);
    }

    private String problem(Supplier<?> attempt) {
        try {
            var _ = attempt.get();
            return "";
        } catch (IllegalArgumentException e) {
            return texts.tell(e);
        }
    }

    private static ConnectionSettings at(
            String host,
            int port,
            @Nullable String instance,
            @Nullable Fingerprint trusted,
            @Nullable String certificateHost) {
        return new ConnectionSettings(
                host,
                port,
                instance,
                Encryption.MANDATORY,
                trusted,
                certificateHost,
                new Login(LoginKind.WINDOWS, null));
    }

    private Login who() {
        return new Login(login.get(), typedOrNull(user));
    }

    private @Nullable Fingerprint trusted() {
        return fingerprint.isBlank() ? null : new Fingerprint(typed(fingerprint));
    }

    private static String typed(Field field) {
        return field.text().get().strip();
    }

    private static @Nullable String typedOrNull(Field field) {
        return field.isBlank() ? null : typed(field);
    }

    /** The server as typed; empty as long as something is wrong. */
    public Optional<ServerDefinition> definition() {
        if (!good.get()) {
            return Optional.empty();
        }
        ConnectionSettings settings =
                new ConnectionSettings(
                        typed(host),
                        Numbers.whole(typed(port), 1, LAST_PORT).orElse(0),
                        typedOrNull(instance),
                        encryption.get(),
                        trusted(),
                        typedOrNull(certificateHost),
                        who());
        boolean store = keep.get() && secretKeepable.get();
        return Optional.of(
                new ServerDefinition(
                        typed(name), settings, store ? SecretPolicy.STORE : SecretPolicy.ASK));
    }

    /** Whether the server cannot be tried without a secret. */
    boolean needsSecret(ServerDefinition server) {
        return server.connection().login().needsSecret();
    }

    /** Whether a secret goes to the store with the server. */
    boolean keepsSecret(ServerDefinition server) {
        return server.secret() == SecretPolicy.STORE;
    }

    /** Connects and tells what was found; the secret is wiped. */
    public void test(ServerDefinition server, @Nullable Secret given) {
        busy.set(true);
        tell(false, texts.get("server.testing"));
        background.run(() -> facts(server, given), this::connected, this::refused);
    }

    private ServerFacts facts(ServerDefinition server, @Nullable Secret given)
            throws SqlServerException {
        remember(server, given);
        try (SqlSession session = servers().open(server).connect()) {
            return session.facts();
        }
    }

    private void remember(ServerDefinition server, @Nullable Secret given) {
        if (given != null) {
            try (given) {
                servers().remember(server.question(), given);
            }
        }
    }

    private void connected(ServerFacts facts) {
        busy.set(false);
        String what = facts.sysadmin() ? "" : " " + texts.get("server.test.noSysadmin");
        tell(
                true,
                texts.get(
                                "server.test.good",
                                facts.machine(),
                                facts.version(),
                                facts.edition(),
                                facts.login())
                        + what);
    }

    private void refused(Exception failure) {
        busy.set(false);
        String message = texts.tell(failure);
        tell(false, message);
        Matcher found = FINGERPRINT.matcher(message);
        while (found.find()) {
            if (!found.group().equals(typed(fingerprint))) {
                shownCertificate.set(found.group());
            }
        }
    }

    private void tell(boolean good, String what) {
        worked.set(good);
        outcome.set(what);
        shownCertificate.set("");
    }

    /** Trusts the certificate that the last test was shown, and nothing else. */
    public void trustShown() {
        String shown = shownCertificate.get();
        certificateHost.text().set("");
        fingerprint.text().set(shown);
        tell(false, texts.get("server.trusted"));
    }

    /** Keeps the server, and its secret where that is to be kept; the secret is wiped. */
    public void save(ServerDefinition server, @Nullable Secret given, Runnable then) {
        boolean change = existing.get();
        busy.set(true);
        background.run(
                () -> {
                    keep(server, given, change);
                    return server.name();
                },
                saved -> {
                    busy.set(false);
                    notices.info(texts.get("server.saved", saved));
                    onChange.run();
                    then.run();
                },
                this::refused);
    }

    private void keep(ServerDefinition server, @Nullable Secret given, boolean change)
            throws IOException {
        try (given) {
            if (change) {
                servers().replace(server, given);
            } else {
                if (given != null) {
                    servers().remember(server.question(), given);
                }
                servers().add(server);
            }
        }
    }

    /** Removes the server and its stored secret; its backups and its history stay. */
    public void remove(Runnable then) {
        String gone = typed(name);
        background.run(
                () -> {
                    servers().remove(gone);
                    return gone;
                },
                removed -> {
                    notices.info(texts.get("server.removed", removed));
                    onChange.run();
                    then.run();
                },
                notices::error);
    }

    /** The kinds of login, in the order to offer. */
    public List<LoginKind> logins() {
        return List.of(LoginKind.values());
    }

    /** What the user calls it. */
    public Field name() {
        return name;
    }

    /** DNS name or address. */
    public Field host() {
        return host;
    }

    /** TCP port; blank for the usual one. */
    public Field port() {
        return port;
    }

    /** Named instance; blank for the default one. */
    public Field instance() {
        return instance;
    }

    /** SHA-256 of the one certificate to trust; blank to verify it in the usual way. */
    public Field fingerprint() {
        return fingerprint;
    }

    /** The name its certificate is for; blank for the host's. */
    public Field certificateHost() {
        return certificateHost;
    }

    /** Who logs in; blank where the kind needs nobody. */
    public Field user() {
        return user;
    }

    /** How the connection is encrypted. */
    public ObjectProperty<Encryption> encryption() {
        return encryption;
    }

    /** How to log in. */
    public ObjectProperty<LoginKind> login() {
        return login;
    }

    /** Whether the secret goes to the platform's store. */
    public BooleanProperty keep() {
        return keep;
    }

    /** Whether there is a secret that could. */
    public ReadOnlyBooleanProperty secretKeepable() {
        return secretKeepable.getReadOnlyProperty();
    }

    /** Whether the form is of a server that is there. */
    public ReadOnlyBooleanProperty existing() {
        return existing.getReadOnlyProperty();
    }

    /** Whether nothing is wrong. */
    public ReadOnlyBooleanProperty good() {
        return good.getReadOnlyProperty();
    }

    /** Whether something is under way. */
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Whether the last test worked. */
    public ReadOnlyBooleanProperty worked() {
        return worked.getReadOnlyProperty();
    }

    /** What the last test found; empty before. */
    public ReadOnlyStringProperty outcome() {
        return outcome.getReadOnlyProperty();
    }

    /** The fingerprint that the last test was shown and did not trust; empty for none. */
    public ReadOnlyStringProperty shownCertificate() {
        return shownCertificate.getReadOnlyProperty();
    }
}
