package dev.sluice.job;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.sql.UserAccess;
import dev.sluice.sql.VolumeSpace;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.SharedBuffer;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server whose behaviour a test chooses. It speaks the server's end of real device sets: a backup
 * writes a pattern, a restore reads everything and compares it with that pattern.
 */
final class ScriptedServer implements SqlServer {

    static final int TRANSFER = 65536;

    private static final Pattern DEVICE = Pattern.compile("VIRTUAL_DEVICE\\s*=\\s*N?'([^']+)'");
    private static final Pattern LOOK = Pattern.compile("^RESTORE (HEADER|FILELIST)ONLY");
    private static final Pattern RESTORE =
            Pattern.compile("^RESTORE (?:DATABASE|LOG) \\[([^\\]]+)\\]");
    private static final Pattern ACCESS =
            Pattern.compile("^ALTER DATABASE \\[([^\\]]+)\\] SET (\\w+_USER)");
    private static final Pattern BACKUP = Pattern.compile("^BACKUP (DATABASE|LOG) \\[([^\\]]+)\\]");
    private static final SqlMessage DONE = new SqlMessage(3014, 0, 1, "processed successfully");
    private static final SqlMessage ABNORMAL =
            new SqlMessage(3013, 16, 1, "BACKUP DATABASE is terminating abnormally.");

    /** A backup this server has made, known again by what its devices begin with. */
    record Made(
            String database, BackupType type, long first, long last, long checkpoint, long base) {}

    /** What happens at a point of the statement; may block, and may throw to end it. */
    @FunctionalInterface
    interface Step {
        void run(ServerDeviceSet set) throws Exception;
    }

    /** What a second session is told of the first. */
    @FunctionalInterface
    interface Percents {
        OptionalDouble of(int session) throws SqlServerException, InterruptedException;
    }

    /** Carries out a statement without devices. */
    @FunctionalInterface
    interface Plain {
        void run(String statement) throws SqlServerException;
    }

    final CloseWatchingVdi vdi;

    /** How often somebody signed in. */
    final AtomicInteger signIns = new AtomicInteger();

    /** How often somebody may: after that, it is refused. */
    volatile int signInsAllowed = Integer.MAX_VALUE;

    /** Sessions that are open. */
    final AtomicInteger open = new AtomicInteger();

    volatile OptionalInt sessionId = OptionalInt.empty();
    volatile Percents percents = session -> OptionalDouble.empty();
    volatile OptionalLong allocated = OptionalLong.empty();
    volatile boolean compresses;
    volatile OptionalLong changed = OptionalLong.empty();
    final List<DatabaseInfo> databases = new CopyOnWriteArrayList<>();
    final AtomicInteger statements = new AtomicInteger();
    final AtomicInteger attentions = new AtomicInteger();
    final AtomicLong bytes = new AtomicLong();

    /** Devices that have answered Complete. */
    final AtomicInteger completed = new AtomicInteger();

    volatile ServerFacts facts =
            new ServerFacts(
                    "scripted",
                    null,
                    "16.0.4125.3",
                    "Developer Edition (64-bit)",
                    "tester",
                    true,
                    "/data",
                    "/log",
                    null,
                    null);

    volatile List<DatabaseFile> files = List.of();
    volatile List<VolumeSpace> volumes = List.of();
    volatile Optional<Set<String>> keys = Optional.empty();
    volatile int transfersPerDevice = 16;
    volatile boolean flushes = true;
    volatile boolean offersComplete = true;

    /** Completes each device when it is done with it, whatever the others have still to come. */
    volatile boolean completesOneByOne;

    /** Succeeds when all has been answered, even if the set is aborted before it is closed. */
    volatile boolean takesNoNoticeOfALateAbort;

    /** The backups made here, in order. */
    final List<Made> made = new CopyOnWriteArrayList<>();

    /** Every statement that was sent, in order. */
    final List<String> sent = new CopyOnWriteArrayList<>();

    /** The answers to the statements that look at a backup, as a test wants them. */
    volatile BiFunction<String, ResultTable, ResultTable> onTable = (statement, table) -> table;

    /** Before a statement that looks at a backup attaches. */
    volatile Step beforeLook = set -> {};

    /** A statement that needs no device, such as ALTER DATABASE; may throw. */
    volatile Plain onPlain = statement -> {};

    /** In what state a restore with RECOVERY leaves its database. */
    volatile DatabaseInfo.State recovered = DatabaseInfo.State.ONLINE;

    /** A session that runs a statement with devices answers no more afterwards. */
    volatile boolean losesConnections;

    volatile Runnable onConnect = () -> {};
    volatile Runnable onAttention = () -> {};
    volatile Step beforeAttach = set -> {};
    volatile Step beforeConfiguration = set -> {};
    volatile Step beforeDevices = set -> {};
    volatile BiConsumer<Integer, Integer> beforeTransfer = (device, number) -> {};
    volatile Runnable beforeDevicesClose = () -> {};
    volatile Step onTransferDone = set -> {};
    volatile Step beforeVerdict = set -> {};
    volatile List<SqlMessage> verdict = List.of(DONE);

    ScriptedServer() {
        this(Provider.EMBEDDED);
    }

    ScriptedServer(Provider provider) {
        vdi = provider.open();
        databases.add(database("Sales", DatabaseInfo.State.ONLINE));
    }

    static DatabaseInfo database(String name, DatabaseInfo.State state) {
        return database(name, state, "FULL", 1 << 20);
    }

    static DatabaseInfo database(
            String name, DatabaseInfo.State state, String recoveryModel, long size) {
        return new DatabaseInfo(name, state, recoveryModel, size, false, true, true);
    }

    static SqlServerException error(int number, String text) {
        return new SqlServerException(List.of(new SqlMessage(number, 16, 1, text), ABNORMAL));
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public VdiProvider vdi() {
        return vdi;
    }

    @Override
    public SqlSession connect() throws SqlServerException {
        onConnect.run();
        if (signIns.incrementAndGet() > signInsAllowed) {
            throw new SqlServerException(
                    Told.asIs("the token has expired"), new IOException("refused"));
        }
        open.incrementAndGet();
        return new Session();
    }

    private final class Session implements SqlSession {

        private final AtomicReference<@Nullable ServerDeviceSet> running = new AtomicReference<>();
        private volatile boolean lost;

        @Override
        public ServerFacts facts() throws SqlServerException {
            requireConnection();
            return facts;
        }

        @Override
        public List<DatabaseFile> files() {
            return files;
        }

        @Override
        public List<DatabaseInfo> databases() throws SqlServerException {
            requireConnection();
            return databases;
        }

        private void requireConnection() throws SqlServerException {
            if (lost) {
                throw new SqlServerException(
                        Told.asIs("the connection is lost"), new IOException("reset"));
            }
        }

        @Override
        public List<VolumeSpace> volumes() {
            return volumes;
        }

        @Override
        public Optional<Set<String>> keys() {
            return keys;
        }

        @Override
        public OptionalInt id() {
            return sessionId;
        }

        @Override
        public OptionalDouble percentOf(int session) throws SqlServerException {
            try {
                return percents.of(session);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public OptionalLong allocatedBytes(String database) {
            return allocated;
        }

        @Override
        public boolean compressesBackups() {
            return compresses;
        }

        @Override
        public OptionalLong changedBytes(String database) {
            return changed;
        }

        @Override
        public StatementResult execute(String statement, Consumer<SqlMessage> messages)
                throws SqlServerException {
            requireConnection();
            sent.add(statement);
            if (!statement.contains("VIRTUAL_DEVICE")) {
                onPlain.run(statement);
                change(statement);
                return new StatementResult(List.of(), List.of());
            }
            if (LOOK.matcher(statement).find()) {
                return look(statement, messages);
            }
            statements.incrementAndGet();
            lost = losesConnections;
            withDeviceSet(
                    messages,
                    set -> {
                        beforeAttach.run(set);
                        attach(set, statement);
                        beforeVerdict.run(set);
                    });
            StatementResult result = verdict(messages);
            settle(statement);
            return result;
        }

        private StatementResult look(String statement, Consumer<SqlMessage> messages)
                throws SqlServerException {
            List<ResultTable> seen = new ArrayList<>();
            withDeviceSet(
                    messages,
                    set -> {
                        beforeLook.run(set);
                        seen.add(lookAt(set, statement));
                    });
            return new StatementResult(List.of(), seen);
        }

        private void withDeviceSet(Consumer<SqlMessage> messages, Step work)
                throws SqlServerException {
            ServerDeviceSet set = vdi.newServerDeviceSet();
            running.set(set);
            try {
                work.run(set);
            } catch (SqlServerException e) {
                e.messages().forEach(messages);
                throw e;
            } catch (Exception e) {
                SqlServerException failure =
                        error(18210, "Operating system error 995 (" + e.getMessage() + ").");
                failure.messages().forEach(messages);
                throw failure;
            } finally {
                running.set(null);
            }
        }

        private StatementResult verdict(Consumer<SqlMessage> messages) throws SqlServerException {
            verdict.forEach(messages);
            if (verdict.stream().anyMatch(SqlMessage::isError)) {
                throw new SqlServerException(verdict);
            }
            return new StatementResult(verdict, List.<ResultTable>of());
        }

        @Override
        public void cancel() {
            attentions.incrementAndGet();
            onAttention.run();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    /** Carries out ALTER DATABASE. */
    private void change(String statement) {
        Matcher access = ACCESS.matcher(statement);
        if (access.find()) {
            databases.replaceAll(
                    database ->
                            database.name().equals(access.group(1))
                                    ? admitting(database, UserAccess.valueOf(access.group(2)))
                                    : database);
        }
    }

    /** The same database, which admits others. */
    static DatabaseInfo admitting(DatabaseInfo database, UserAccess access) {
        return new DatabaseInfo(
                database.name(),
                database.state(),
                database.recoveryModel(),
                database.sizeBytes(),
                database.encrypted(),
                database.hasDifferentialBase(),
                database.hasLogChain(),
                access,
                database.created());
    }

    /** What a statement that succeeded leaves behind; backups were taken of MULTI_USER. */
    private void settle(String statement) {
        Matcher restore = RESTORE.matcher(statement);
        if (restore.find()) {
            String name = restore.group(1);
            databases.removeIf(database -> database.name().equals(name));
            databases.add(
                    database(
                            name,
                            statement.contains("NORECOVERY")
                                    ? DatabaseInfo.State.RESTORING
                                    : statement.contains("STANDBY")
                                                    && recovered == DatabaseInfo.State.ONLINE
                                            ? DatabaseInfo.State.STANDBY
                                            : recovered));
        }
    }

    /** Reads the beginning of a backup, and tells which one it is. */
    private ResultTable lookAt(ServerDeviceSet set, String statement) throws Exception {
        List<String> names = devices(statement);
        int mark;
        set.open(null, names.getFirst());
        try {
            set.beginConfiguration(
                    new ServerConfiguration(
                            set.getConfiguration().features() | Features.READ_MEDIA,
                            0,
                            65536,
                            TRANSFER,
                            0));
            set.requestBuffers(TRANSFER, 0, names.size() + 2);
            set.endConfiguration();
            ServerDevice device = set.openDevice(names.getFirst());
            try (ExecutorService threads = Executors.newCachedThreadPool()) {
                Future<?> agent = startAgent(set, threads);
                SharedBuffer buffer = set.allocateBuffer(TRANSFER, 0);
                try {
                    requireSuccess(send(device, CommandCode.READ, buffer));
                } catch (SqlServerException e) {
                    set.signalAbort();
                    throw e;
                }
                mark = markOf(buffer.data(), 0);
                closeDevices(List.of(device), agent);
            }
        } finally {
            close(set);
        }
        Made found = made.get(mark);
        return onTable.apply(
                statement, statement.contains("HEADERONLY") ? header(found) : files(found));
    }

    private static ResultTable header(Made found) {
        int code =
                switch (found.type()) {
                    case FULL -> 1;
                    case LOG -> 2;
                    case DIFFERENTIAL -> 5;
                };
        return new ResultTable(
                List.of(
                        "DatabaseName",
                        "BackupType",
                        "SoftwareVersionMajor",
                        "FirstLSN",
                        "LastLSN",
                        "CheckpointLSN",
                        "DatabaseBackupLSN"),
                List.of(
                        List.of(
                                found.database(),
                                code,
                                16,
                                Long.toString(found.first()),
                                Long.toString(found.last()),
                                Long.toString(found.checkpoint()),
                                Long.toString(found.base()))));
    }

    private static ResultTable files(Made found) {
        String name = found.database();
        return new ResultTable(
                List.of("LogicalName", "PhysicalName", "Type", "FileGroupName", "Size"),
                List.of(
                        List.of(name, "/old/" + name + ".mdf", "D", "PRIMARY", 8192L),
                        Arrays.asList(
                                name + "_log", "/old/" + name + "_log.ldf", "L", null, 8192L)));
    }

    private Made make(String statement) {
        Matcher backup = BACKUP.matcher(statement);
        if (!backup.find()) {
            throw new IllegalArgumentException(statement);
        }
        BackupType type =
                backup.group(1).equals("LOG")
                        ? BackupType.LOG
                        : statement.contains("DIFFERENTIAL")
                                ? BackupType.DIFFERENTIAL
                                : BackupType.FULL;
        long at = 100L * (made.size() + 1);
        // a log goes on where the last one ended, and the first where the first full did
        long log =
                made.stream()
                        .filter(before -> before.type() == BackupType.LOG)
                        .mapToLong(Made::last)
                        .reduce((first, second) -> second)
                        .orElse(made.isEmpty() ? at : made.getFirst().last());
        long base =
                made.stream()
                        .filter(before -> before.type() == BackupType.FULL)
                        .mapToLong(Made::checkpoint)
                        .reduce(0, (first, second) -> second);
        return new Made(
                backup.group(2), type, type == BackupType.LOG ? log : at, at + 50, at + 10, base);
    }

    private static List<String> devices(String statement) {
        List<String> names = new ArrayList<>();
        for (Matcher matcher = DEVICE.matcher(statement); matcher.find(); ) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private void attach(ServerDeviceSet set, String statement) throws Exception {
        List<String> names = devices(statement);
        set.open(null, names.getFirst());
        try {
            beforeConfiguration.run(set);
            boolean isBackup = statement.startsWith("BACKUP");
            int mark = made.size();
            if (isBackup) {
                made.add(make(statement));
            }
            transfer(set, names, isBackup, mark);
        } finally {
            close(set);
        }
    }

    private static void close(ServerDeviceSet set) {
        try {
            set.close();
        } catch (VdiException e) {
            // after a failure devices may be open; everything is released all the same
        }
    }

    private void transfer(ServerDeviceSet set, List<String> names, boolean isBackup, int mark)
            throws Exception {
        int asked = set.getConfiguration().features();
        int direction =
                isBackup
                        ? Features.WRITE_MEDIA | (offersComplete ? Features.COMPLETE_ENABLED : 0)
                        : Features.READ_MEDIA;
        set.beginConfiguration(new ServerConfiguration(asked | direction, 0, 65536, TRANSFER, 0));
        set.requestBuffers(TRANSFER, 0, names.size() + 2);
        set.endConfiguration();
        beforeDevices.run(set);
        List<ServerDevice> devices = new ArrayList<>();
        for (String name : names) {
            devices.add(set.openDevice(name));
        }
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<?> agent = startAgent(set, threads);
            List<Future<?>> feeders = new ArrayList<>();
            CountDownLatch stored = new CountDownLatch(devices.size());
            AtomicReference<@Nullable Exception> first = new AtomicReference<>();
            for (int i = 0; i < devices.size(); i++) {
                ServerDevice device = devices.get(i);
                int index = i;
                feeders.add(
                        threads.submit(
                                () -> {
                                    try {
                                        serve(set, device, index, isBackup, mark, stored);
                                    } catch (Exception e) {
                                        // what fails first ends the other devices
                                        first.compareAndSet(null, e);
                                        set.signalAbort();
                                    } finally {
                                        stored.countDown();
                                    }
                                    return null;
                                }));
            }
            for (Future<?> feeder : feeders) {
                feeder.get();
            }
            Exception failure = first.get();
            if (failure != null) {
                throw failure;
            }
            beforeDevicesClose.run();
            closeDevices(devices, agent);
        }
    }

    private void closeDevices(List<ServerDevice> devices, Future<?> agent) throws Exception {
        try {
            for (ServerDevice device : devices) {
                device.closeDevice();
            }
            agent.get();
        } catch (VdiException e) {
            if (!takesNoNoticeOfALateAbort) {
                throw e;
            }
        }
    }

    private static Future<?> startAgent(ServerDeviceSet set, ExecutorService threads) {
        CountDownLatch running = new CountDownLatch(1);
        Future<?> agent =
                threads.submit(
                        () -> {
                            try {
                                set.executeCompletionAgent(running::countDown);
                            } finally {
                                running.countDown();
                            }
                            return null;
                        });
        Bench.await(running);
        return agent;
    }

    private void serve(
            ServerDeviceSet set,
            ServerDevice device,
            int index,
            boolean isBackup,
            int mark,
            CountDownLatch stored)
            throws Exception {
        SharedBuffer buffer = set.allocateBuffer(TRANSFER, 0);
        if (isBackup) {
            write(set, device, index, mark, buffer, stored);
        } else {
            read(set, device, index, buffer);
        }
    }

    private void write(
            ServerDeviceSet set,
            ServerDevice device,
            int index,
            int mark,
            SharedBuffer buffer,
            CountDownLatch stored)
            throws Exception {
        for (int number = 0; number < transfersPerDevice; number++) {
            beforeTransfer.accept(index, number);
            fill(buffer.data(), index, number, mark);
            requireSuccess(send(device, CommandCode.WRITE, buffer));
            bytes.addAndGet(TRANSFER);
            onTransferDone.run(set);
        }
        if (flushes) {
            requireSuccess(send(device, CommandCode.FLUSH, null));
        }
        stored.countDown();
        if (!completesOneByOne) {
            // Complete commits the whole backup: it goes out when every device has stored its data
            stored.await();
        }
        if (offersComplete) {
            requireSuccess(send(device, CommandCode.COMPLETE, null));
            completed.incrementAndGet();
        }
    }

    private void read(ServerDeviceSet set, ServerDevice device, int index, SharedBuffer buffer)
            throws Exception {
        ByteBuffer expected = ByteBuffer.allocate(TRANSFER);
        int mark = -1;
        for (int number = 0; number < transfersPerDevice; number++) {
            beforeTransfer.accept(index, number);
            requireSuccess(send(device, CommandCode.READ, buffer));
            mark = mark < 0 ? markOf(buffer.data(), index) : mark;
            fill(expected, index, number, mark);
            if (!buffer.data().clear().equals(expected.clear())) {
                throw error(3241, "The media family is incorrectly formed.");
            }
            bytes.addAndGet(TRANSFER);
            onTransferDone.run(set);
        }
    }

    private static void fill(ByteBuffer target, int device, int number, int mark) {
        target.clear();
        for (int i = 0; i < TRANSFER; i += Integer.BYTES) {
            target.putInt(i, mark + (device + 1) * 0x9E3779B9 + number * 0x85EBCA6B + i);
        }
    }

    /** Which backup the first transfer of a device belongs to. */
    private static int markOf(ByteBuffer first, int device) {
        return first.getInt(0) - (device + 1) * 0x9E3779B9;
    }

    private static ServerCommand send(
            ServerDevice device, CommandCode code, @Nullable SharedBuffer buffer) throws Exception {
        CompletableFuture<ServerCommand> done = new CompletableFuture<>();
        ServerCommand command = new ServerCommand(done::complete);
        device.sendCommand(
                buffer == null ? command.control(code) : command.transfer(code, buffer, TRANSFER));
        return done.get();
    }

    private static void requireSuccess(ServerCommand command) throws SqlServerException {
        if (command.completionCode() != 0) {
            CompletionCode code = CompletionCode.of(command.completionCode());
            throw error(
                    18210,
                    "Operating system error %d (%s).".formatted(code.number(), code.symbol()));
        }
    }
}
