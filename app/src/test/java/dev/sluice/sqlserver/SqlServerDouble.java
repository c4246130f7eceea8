package dev.sluice.sqlserver;

import dev.sluice.job.CloseWatchingVdi;
import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.UserAccess;
import dev.sluice.sql.mssql.ConnectionSettings;
import dev.sluice.sql.mssql.Fingerprint;
import dev.sluice.sql.mssql.LoginKind;
import dev.sluice.sql.mssql.MssqlServer;
import dev.sluice.sqlserver.Query.Cell;
import dev.sluice.tds.Encryption;
import dev.sluice.tds.Handler;
import dev.sluice.tds.Login;
import dev.sluice.tds.Message;
import dev.sluice.tds.Reply;
import dev.sluice.tds.Request;
import dev.sluice.tds.SqlType;
import dev.sluice.tds.TdsServer;
import dev.sluice.tds.TestCertificates;
import dev.sluice.vdi.jna.NativeDouble;
import dev.sluice.vdi.server.ServerVdiProvider;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * SQL Server on Linux, as far as Sluice needs one: see the package. It listens on a port of the
 * loopback address with TLS. Its databases are guarded by the object itself.
 */
public final class SqlServerDouble implements AutoCloseable {

    static final String NAME = "prod";

    /** What it calls itself. */
    static final String SERVER_NAME = "SQL7";

    static final String DATA_FOLDER = "/var/opt/mssql/data/";
    static final String LOG_FOLDER = "/var/opt/mssql/log/";
    private static final String VOLUME = "/var/opt/mssql";

    /** Thumbprint of the certificate in master. */
    static final String CERTIFICATE = "00112233445566778899aabbccddeeff00112233";

    private static final int PAGE = 8192;

    /** Who logs in. */
    public static final String USER = "sluice";

    /** With what. */
    public static final String PASSWORD = "hunter2: the double's";

    private final CloseWatchingVdi vdi = CloseWatchingVdi.ofDouble(NativeDouble.posix());
    private final TestCertificates.Identity identity;
    private final TdsServer tds;
    private final Map<String, ServerDatabase> databases = new LinkedHashMap<>();
    private final List<List<ServerBackup>> chains = new ArrayList<>();
    private final List<ServerBackup> kept = new ArrayList<>();
    private final Map<String, Fault> faults = new HashMap<>();
    private final Map<Integer, RunningStatement> runningBySession = new ConcurrentHashMap<>();
    private final List<String> statements = new ArrayList<>();
    private final Set<Integer> working = new HashSet<>();
    private final List<Reply.Stop> stops = new ArrayList<>();
    private final List<Order.Sizes> attached = new ArrayList<>();
    private final Set<String> keys = new TreeSet<>(Set.of(CERTIFICATE));
    private final List<RecordedRow> record = new ArrayList<>();
    private @Nullable Message recordRefusal;
    private long free = 1L << 40;
    private boolean sysadmin = true;
    private boolean tailClosesFirst;
    private String version = "16.0.4175.1";

    /** A server without databases, which listens. */
    public SqlServerDouble() throws Exception {
        identity = ServerIdentity.get();
        tds = TdsServer.start(Encryption.REQUIRED, identity, new Answers());
    }

    // ---- for the test

    /** This server as a user adds it. */
    SqlServer asAdded() throws Exception {
        return asAdded(PASSWORD);
    }

    /** The same with a wrong password. */
    SqlServer asAddedWithWrongPassword() throws Exception {
        return asAdded("wrong " + PASSWORD);
    }

    private SqlServer asAdded(String password) throws Exception {
        return new MssqlServer(
                NAME,
                new ConnectionSettings(
                        "127.0.0.1",
                        tds.port(),
                        null,
                        dev.sluice.sql.mssql.Encryption.MANDATORY,
                        fingerprint(),
                        null,
                        new dev.sluice.sql.mssql.Login(LoginKind.SQL, USER)),
                () -> password,
                () -> vdi);
    }

    /** Of the loopback address. */
    public int port() {
        return tds.port();
    }

    /** Of the certificate that it shows. */
    public Fingerprint fingerprint() throws CertificateEncodingException {
        return Fingerprint.of(identity.certificate());
    }

    /** Its native library. */
    public CloseWatchingVdi nativeLibrary() {
        return vdi;
    }

    /** Makes the database whose backups the recordings are, and will be. */
    synchronized ServerDatabase create(List<ServerBackup> chain) {
        chains.add(chain);
        kept.addAll(chain);
        ServerDatabase database = ServerDatabase.recorded(chain);
        add(database);
        return database;
    }

    /** Makes a live database, for those that only want it to be there. */
    public void addLive(String name) {
        createLive(name);
    }

    /** Makes a live database. */
    synchronized ServerDatabase createLive(String name) {
        ServerDatabase database = ServerDatabase.live(name);
        add(database);
        return database;
    }

    /** Orders a fault for the next statement that begins so, such as {@code BACKUP DATABASE}. */
    synchronized void next(String verb, Fault fault) {
        if (faults.put(verb, fault) != null) {
            throw new IllegalStateException("there is a fault already for the next " + verb);
        }
    }

    /** Loses the certificate, as another server never had it. */
    synchronized void dropCertificate() {
        keys.clear();
    }

    /** Whether it can read what is encrypted by this; by nothing, it always can. */
    synchronized boolean hasKey(String thumbprint) {
        return thumbprint.isEmpty() || keys.contains(thumbprint);
    }

    /** How much room the one volume has that all files are on. */
    synchronized void setFree(long bytes) {
        free = bytes;
    }

    /** Adds a row to its record of backups. */
    synchronized void record(RecordedRow row) {
        record.add(row);
    }

    /** Adds a backup that it made. */
    synchronized void record(Order.Backup order, ServerBackup backup) throws StatementFailed {
        RecordedRow row =
                RecordedRow.of(
                                database(order.database()),
                                String.valueOf(backup.kind().letter()),
                                Instant.now())
                        .on(order.devices().getFirst())
                        .by(USER);
        record.add(order.has("COPY_ONLY") ? row.with("is_copy_only") : row);
    }

    /** From now on nobody may read its record of backups. */
    synchronized void hideRecord(Message refusal) {
        recordRefusal = refusal;
    }

    /** Whether its login may do what it wants. */
    synchronized void setSysadmin(boolean value) {
        sysadmin = value;
    }

    /** Whether BACKUP LOG WITH NORECOVERY takes the database out of use before all is written. */
    synchronized void setTailClosesFirst(boolean value) {
        tailClosesFirst = value;
    }

    synchronized boolean tailClosesFirst() {
        return tailClosesFirst;
    }

    /** Makes it as old as the recordings are, so that no database needs an upgrade. */
    synchronized void setAsOldAsTheRecordings() {
        version = "10.50.6000.34";
    }

    /** Makes it a version of its own; its databases are upgraded. */
    synchronized void setVersion(int major) {
        version = major + ".0.1000.6";
        databases
                .values()
                .forEach(
                        database ->
                                database.version = new BackupHeader.ServerVersion(major, 0, 1000));
    }

    synchronized int majorVersion() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /** Of databases. */
    int internalVersion() {
        return switch (majorVersion()) {
            case 10 -> 661;
            case 15 -> 904;
            case 16 -> 957;
            case 17 -> 998;
            default -> throw new AssertionError("the double knows no version " + version);
        };
    }

    /** Every statement so far but queries, as it was sent. */
    synchronized List<String> statements() {
        return List.copyOf(statements);
    }

    /** The numbers of the sessions that sent statements, other than questions. */
    synchronized Set<Integer> workingSessions() {
        return Set.copyOf(working);
    }

    /** The sizes of every device set it attached to, and the number of buffers, as configured. */
    synchronized List<Order.Sizes> attached() {
        return List.copyOf(attached);
    }

    synchronized void noteAttached(Order.Sizes sizes) {
        attached.add(sizes);
    }

    /** Why nobody waited any more for a statement, of each that this happened to. */
    synchronized List<Reply.Stop> stops() {
        return List.copyOf(stops);
    }

    /**
     * @throws IllegalStateException when the double was asked for what it does not know
     */
    @Override
    public void close() throws IOException {
        tds.close();
        vdi.assertNothingIsLeft();
        synchronized (this) {
            if (!faults.isEmpty()) {
                throw new IllegalStateException("no statement met " + faults);
            }
        }
    }

    // ---- for statements

    ServerVdiProvider vdi() {
        return vdi;
    }

    synchronized void add(ServerDatabase database) {
        databases.put(key(database.name), database);
    }

    synchronized @Nullable ServerDatabase find(String name) {
        return databases.get(key(name));
    }

    synchronized ServerDatabase database(String name) throws StatementFailed {
        ServerDatabase found = find(name);
        if (found == null) {
            throw ServerMessages.noDatabase(name);
        }
        return found;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A backup that was made exists from now on. */
    synchronized void keep(ServerBackup backup) {
        if (!kept.contains(backup)) {
            kept.add(backup);
        }
    }

    /** A stripe of a backup, counted from 0. */
    record Stripe(ServerBackup backup, int number) {}

    /** The stripe that begins so; its first block is like that of no other. */
    synchronized Stripe recognise(byte[] beginning, String device) throws StatementFailed {
        for (ServerBackup backup : kept) {
            for (int number = 0; number < backup.stripes().size(); number++) {
                byte[] stripe = backup.stripes().get(number);
                int length = Math.min(beginning.length, stripe.length);
                if (Arrays.equals(beginning, 0, length, stripe, 0, length)) {
                    return new Stripe(backup, number);
                }
            }
        }
        throw ServerMessages.malformed(device);
    }

    /** The recordings that a backup is one of; none for one that was made here. */
    synchronized List<ServerBackup> chainOf(ServerBackup backup) {
        return chains.stream()
                .filter(chain -> chain.contains(backup))
                .findFirst()
                .orElse(List.of());
    }

    /** The database that has a file. */
    synchronized @Nullable ServerDatabase ownerOf(String path) {
        return databases.values().stream()
                .filter(database -> database.isAt(path))
                .findFirst()
                .orElse(null);
    }

    boolean hasFolderOf(String path) {
        return path.startsWith(DATA_FOLDER) || path.startsWith(LOG_FOLDER);
    }

    private final class Answers implements Handler {

        @Override
        public void login(Login login, Reply reply) throws IOException {
            if (!login.matches(USER, PASSWORD)) {
                reply.message(Message.loginFailed(login.user()));
            }
        }

        @Override
        public void batch(Request request, Reply reply) throws Exception {
            if (request.text().startsWith("SELECT ")) {
                answer(Query.read(request.text()), request.session(), reply);
            } else {
                carryOut(request, reply);
            }
        }
    }

    private void carryOut(Request request, Reply reply) throws Exception {
        String text = request.text();
        synchronized (this) {
            statements.add(text);
            working.add(request.session());
        }
        Order order;
        try {
            order = OrderReader.read(text, majorVersion());
        } catch (StatementFailed e) {
            refuse(text, e, reply);
            return;
        }
        switch (order) {
            case Order.Use use -> {
                if (!use.database().equals("master")) {
                    throw new AssertionError("the double knows master only: " + text);
                }
            }
            case Order.Access access -> change(access, reply);
            case Order.Recover recover -> recover(recover, reply);
            case Order.Backup backup -> {
                RunningStatement running = running(backup.verb(), reply);
                run(
                        request.session(),
                        running,
                        () -> new BackupAnswer(this, backup, running).run());
            }
            case Order.Restore restore -> {
                RunningStatement running = running(restore.verb(), reply);
                run(
                        request.session(),
                        running,
                        () -> new RestoreAnswer(this, restore, running).run());
            }
        }
    }

    /** Told from its text alone. A batch that is no T-SQL does not even begin. */
    private static void refuse(String text, StatementFailed refusal, Reply reply)
            throws IOException {
        for (Message message : refusal.messages()) {
            reply.message(message);
        }
        if (refusal.messages().getFirst().severity() > 15) {
            String[] words = text.split(" ", 3);
            reply.message(ServerMessages.terminated(words[0] + " " + words[1]));
        }
    }

    private void recover(Order.Recover order, Reply reply) throws IOException {
        List<Message> messages = new ArrayList<>();
        String verb = "RESTORE DATABASE";
        synchronized (this) {
            try {
                ServerDatabase database = database(order.database());
                if (!database.state.awaitsRestore()) {
                    throw ServerMessages.alreadyRecovered();
                }
                messages.addAll(Restoration.recover(database));
                messages.add(ServerMessages.succeeded(verb, 0));
            } catch (StatementFailed e) {
                messages.addAll(e.messages());
                messages.add(ServerMessages.terminated(verb));
            }
        }
        for (Message message : messages) {
            reply.message(message);
        }
    }

    private RunningStatement running(String verb, Reply reply) {
        var _ =
                reply.stopped()
                        .thenAccept(
                                why -> {
                                    synchronized (this) {
                                        stops.add(why);
                                    }
                                });
        synchronized (this) {
            return new RunningStatement(
                    verb, reply, faults.remove(verb), vdi.control(), this::noteAttached);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void run(int session, RunningStatement running, Work work) throws Exception {
        runningBySession.put(session, running);
        try {
            work.run();
        } catch (StatementFailed e) {
            running.fail(e);
        } finally {
            runningBySession.remove(session);
        }
    }

    private void change(Order.Access access, Reply reply) throws IOException {
        try {
            synchronized (this) {
                ServerDatabase database = find(access.database());
                if (database == null) {
                    throw ServerMessages.cannotAlter(access.database());
                }
                if (database.state != State.ONLINE && database.state != State.STANDBY) {
                    throw ServerMessages.cannotAlterInState(database.state.name());
                }
                database.access = access.access();
                database.users = database.access == UserAccess.MULTI_USER ? database.users : 0;
            }
        } catch (StatementFailed e) {
            for (Message message : e.messages()) {
                reply.message(message);
            }
        }
    }

    // ---- queries

    private void answer(Query query, int session, Reply reply) throws Exception {
        List<Map<String, Cell>> rows;
        synchronized (this) {
            if (query.view().equals(RecordQuery.VIEW) && recordRefusal != null) {
                reply.message(recordRefusal);
                return;
            }
            rows =
                    switch (query.view()) {
                        case "" -> List.of(facts(session));
                        case "sys.databases" ->
                                databases.values().stream().map(SqlServerDouble::row).toList();
                        case "sys.master_files" ->
                                databases.values().stream().flatMap(this::files).toList();
                        case "sys.dm_os_enumerate_fixed_drives" ->
                                // on Linux it has none
                                List.of();
                        case "master.sys.certificates" ->
                                keys.stream().map(SqlServerDouble::keyRow).toList();
                        case "master.sys.asymmetric_keys" -> List.of();
                        case RecordQuery.VIEW -> new RecordQuery(query, databases).answer(record);
                        case "sys.dm_exec_requests" -> List.of(progress(query.session()));
                        case "sys.dm_db_file_space_usage" -> List.of(spaceUse(query));
                        default -> throw new AssertionError("the double has no " + query.view());
                    };
        }
        query.answer(rows, reply);
    }

    /** In percent; NULL without a statement. */
    private Map<String, Cell> progress(int session) {
        RunningStatement running = runningBySession.get(session);
        Double percent = running == null ? null : running.percent();
        return Map.of("done", new Cell(SqlType.FLOAT, percent));
    }

    /** All pages, or those that the recorded differential backup has. */
    private Map<String, Cell> spaceUse(Query query) {
        ServerDatabase database = find(query.database());
        if (database == null) {
            throw new AssertionError("no database for " + query);
        }
        boolean changed = query.asksFor("modified_extent_page_count");
        BackupKind kind = changed ? BackupKind.DIFFERENTIAL : BackupKind.DATABASE;
        return Map.of("bytes", Cell.number(database.dataPages(kind) * PAGE));
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // such a machine is known by its addresses
            return "double";
        }
    }

    private Map<String, Cell> facts(int session) {
        return Map.ofEntries(
                Map.entry("machine", Cell.text(ownName())),
                Map.entry("instance", Cell.text(null)),
                Map.entry("version", Cell.text(version)),
                Map.entry("edition", Cell.text("Developer Edition (64-bit)")),
                Map.entry("data", Cell.text(DATA_FOLDER)),
                Map.entry("log", Cell.text(LOG_FOLDER)),
                Map.entry("sysadmin", Cell.flag(sysadmin)),
                Map.entry("login", Cell.text(USER)),
                Map.entry("server_address", Cell.text("127.0.0.1")),
                Map.entry("client_address", Cell.text("127.0.0.1")),
                Map.entry("session", new Cell(SqlType.INT, session)));
    }

    private static Map<String, Cell> keyRow(String thumbprint) {
        return Map.of(
                "thumbprint", new Cell(SqlType.varbinary(32), HexFormat.of().parseHex(thumbprint)));
    }

    private static Map<String, Cell> row(ServerDatabase database) {
        return Map.of(
                "name", Cell.text(database.name),
                "state", Cell.text(database.state.name()),
                "recovery_model", Cell.text(database.recoveryModel),
                "encrypted", Cell.flag(!database.encryptedBy.isEmpty()),
                "bytes", Cell.number(database.bytes()),
                "differential_base", Cell.flag(database.differentialBase),
                "log_chain", Cell.flag(database.logChain),
                "user_access", Cell.text(database.access.name()),
                "created", Cell.text(RecordQuery.TEXT.format(database.created)));
    }

    private Stream<Map<String, Cell>> files(ServerDatabase database) {
        return database.files.values().stream()
                .map(
                        file ->
                                Map.of(
                                        "database_name", Cell.text(database.name),
                                        "logical_name", Cell.text(file.name),
                                        "path", Cell.text(file.path),
                                        "state", Cell.text(database.stateOf(file).name()),
                                        "bytes", Cell.number(database.bytes()),
                                        "volume", Cell.text(VOLUME),
                                        "free", Cell.number(free)));
    }
}
