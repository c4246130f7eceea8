package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfHandler;
import dev.sluice.media.mtf.MtfReader;
import dev.sluice.media.mtf.MtfWriter;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.Scope;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TSql;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class StatementErrorsTest {

    @TempDir Path folder;

    private TestServer test;

    @BeforeEach
    void open() throws Exception {
        test = new TestServer(folder, 5);
        test.createFilled("a", 1000);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static void assertFails(int number, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        e -> assertThat(e.has(number)).as(e.getMessage()).isTrue());
    }

    private static void assertFailsAbnormally(int number, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        e ->
                                assertThat(e.messages())
                                        .extracting(SqlMessage::number)
                                        .as(e.getMessage())
                                        .endsWith(number, SqlMessage.TERMINATED_ABNORMALLY));
    }

    private void restore(String name, List<byte[]> stripes, boolean replace) throws Exception {
        test.client().restore(TestServer.restore(name, stripes.size(), replace, false), stripes);
    }

    @Test
    void aNameThatNoBackupCouldHaveIsRefused() {
        assertFails(153, () -> test.execute("CREATE DATABASE []"));
        assertFails(153, () -> test.execute("CREATE DATABASE " + "x".repeat(129)));
        assertFails(153, () -> test.execute("CREATE DATABASE [\ud83d]"));
    }

    @Test
    void aReadThatFailsIsNotTakenForTheEndOfTheStream() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 1);
        assertFailsAbnormally(
                3203,
                () ->
                        test.client()
                                .answering((set, device, number, command) -> number == 2 ? 1117 : 0)
                                .restore(TestServer.restore("b", 1, false, false), stripes));
    }

    @Test
    void anUnknownDatabaseIs911() {
        assertFailsAbnormally(911, () -> test.client().backup("nobody", 1));
        assertFails(911, () -> test.execute("DROP DATABASE nobody"));
        assertFails(911, () -> test.server.openConnection("nobody"));
    }

    @Test
    void aLogBackupIs4208() {
        assertFailsAbnormally(4208, () -> test.client().backup("a", 1, BackupType.LOG));
    }

    @Test
    void aDatabaseThatExistsIs1801() {
        assertFails(1801, () -> test.execute("CREATE DATABASE a"));
        assertFails(1801, () -> test.execute("CREATE DATABASE A"));
    }

    @Test
    void aDatabaseInUseIsNeitherDroppedNorReplaced() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 1);
        try (Connection connection = test.server.openConnection("a")) {
            assertFails(3702, () -> test.execute("DROP DATABASE a"));
            assertFailsAbnormally(3101, () -> restore("a", stripes, true));
            assertThat(connection.isValid(1)).isTrue();
        }
        restore("a", stripes, true);
        assertThat(test.number("a", "SELECT COUNT(*) FROM t")).isEqualTo(1000);
        test.execute("DROP DATABASE a");
        assertThat(test.files()).isEmpty();
    }

    @Test
    void anotherDatabaseIsOverwrittenOnlyWithReplace() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 2);
        test.createFilled("b", 10);
        assertFailsAbnormally(3154, () -> restore("b", stripes, false));
        assertThat(test.number("b", "SELECT COUNT(*) FROM t")).isEqualTo(10);
        restore("b", stripes, true);
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    @Test
    void aDatabaseIsRestoredOverItselfWithoutReplace() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 2);
        test.run("a", "DELETE FROM t");
        restore("a", stripes, false);
        assertThat(test.number("a", "SELECT COUNT(*) FROM t")).isEqualTo(1000);
    }

    @Test
    void stripesThatDoNotBelongTogetherAreRefused() throws Exception {
        List<byte[]> one = test.client().backup("a", 2);
        List<byte[]> other = test.client().backup("a", 2);
        List<String> before = test.files();
        assertFailsAbnormally(3256, () -> restore("b", List.of(one.get(0), other.get(1)), false));
        assertFailsAbnormally(3132, () -> restore("b", List.of(one.get(0)), false));
        assertFailsAbnormally(3227, () -> restore("b", List.of(one.get(0), one.get(0)), false));
        assertThat(test.files()).isEqualTo(before);
        restore("b", one.reversed(), false);
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    /** As a log backup of another server may be. */
    @Test
    void aBackupWithoutAnyPageIsNoDatabaseOfThisServer() throws Exception {
        MtfReader reader = new MtfReader((HandlerOfPages) (buffer, at) -> {});
        reader.feed(ByteBuffer.wrap(test.client().backup("a", 1).getFirst()));
        BackupHeader header = Objects.requireNonNull(reader.header());
        MtfWriter writer = new MtfWriter(header, 512);
        ByteArrayOutputStream stripe = new ByteArrayOutputStream();
        for (ByteBuffer part : List.of(writer.prologue(), writer.epilogue(header))) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            stripe.writeBytes(bytes);
        }
        List<byte[]> stripes = List.of(stripe.toByteArray());
        List<String> before = test.files();
        assertFailsAbnormally(3242, () -> restore("b", stripes, false));
        assertThat(test.files()).isEqualTo(before);
    }

    private interface HandlerOfPages extends MtfHandler {
        @Override
        default void header(BackupHeader header) {}
    }

    @Test
    void whatIsNoBackupIsIncorrectlyFormed() {
        byte[] noise = new byte[1 << 17];
        new Random(1).nextBytes(noise);
        assertFailsAbnormally(3241, () -> restore("b", List.of(noise), false));
        assertFailsAbnormally(3241, () -> restore("b", List.of(new byte[0]), false));
    }

    @Test
    void aTruncatedStripeIsIncorrectlyFormed() throws Exception {
        byte[] stripe = test.client().backup("a", 1).getFirst();
        List<String> before = test.files();
        Random random = new Random(9);
        for (int i = 0; i < 20; i++) {
            byte[] cut = Arrays.copyOf(stripe, random.nextInt(stripe.length));
            assertFailsAbnormally(3241, () -> restore("b", List.of(cut), false));
        }
        assertThat(test.files()).isEqualTo(before);
    }

    @Test
    void aFlippedBitInAPageIsFoundByVerifyAndByRestore() throws Exception {
        byte[] stripe = test.client().backup("a", 1).getFirst();
        Random random = new Random(10);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = stripe.clone();
            // behind the headers, before the closing blocks
            int at = (4 << 13) + random.nextInt(stripe.length - (8 << 13));
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            try {
                test.client().look(RestoreStatement.Kind.VERIFYONLY, List.of(damaged));
                // padding between pieces has no checksum, and nothing that is restored
                assertThat(isPadding(stripe, at)).isTrue();
            } catch (SqlServerException e) {
                assertThat(e.messages())
                        .extracting(SqlMessage::number)
                        .endsWith(SqlMessage.TERMINATED_ABNORMALLY);
                assertThat(e.has(3183) || e.has(3241)).as(e.getMessage()).isTrue();
            }
        }
        byte[] damaged = stripe.clone();
        damaged[stripe.length / 2] ^= 1;
        assertFailsAbnormally(3183, () -> restore("b", List.of(damaged), false));
    }

    /** In the slot before a piece, which begins each transfer. */
    private static boolean isPadding(byte[] stripe, int at) {
        return at % 65536 < 8192 && stripe[at] == 0;
    }

    @Test
    void aSecondBackupSetOnADeviceIsUnknown() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 1);
        RestoreStatement statement =
                new RestoreStatement(
                        RestoreStatement.Kind.DATABASE,
                        "b",
                        new Scope.WholeDatabase(),
                        TestClient.names(1),
                        new RestoreStatement.Options(
                                2,
                                false,
                                false,
                                false,
                                new Recovery.Recover(),
                                new StopAt.End(),
                                List.of(),
                                TestServer.SMALL,
                                0));
        assertFailsAbnormally(3287, () -> test.client().restore(statement, stripes));
    }

    @Test
    void statementsOnOneDatabaseAreSerialized() throws Exception {
        List<Throwable> second = new ArrayList<>();
        test.client()
                .answering(
                        (set, device, number, command) -> {
                            if (number == 1 && device == 0) {
                                try {
                                    test.client().backup("a", 1);
                                } catch (SqlServerException e) {
                                    second.add(e);
                                }
                            }
                            return 0;
                        })
                .backup("a", 2);
        assertThat(second)
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessageContaining("3023"));
    }

    @Test
    void saysHowFarItIsAndThatItSucceeded() throws Exception {
        TestClient client = test.client();
        client.backup(TestServer.backup("a", 2, BackupType.FULL, false));
        assertThat(client.heard()).noneMatch(SqlMessage::isError);
        assertThat(client.heard())
                .extracting(SqlMessage::toString)
                .contains(
                        "10 percent processed.", "50 percent processed.", "100 percent processed.");
        assertThat(client.heard().getLast().number()).isEqualTo(SqlMessage.SUCCEEDED);
        assertThat(client.heard().getLast().text())
                .startsWith("BACKUP DATABASE successfully processed");
    }

    @Test
    void usesTheSizesOfTheStatementAndTheDefaultsOfVirtualDevices() throws Exception {
        TestClient client = test.client();
        client.backup("a", 1);
        assertThat(client.configuration().blockSize()).isEqualTo(512);
        assertThat(client.configuration().maxTransferSize()).isEqualTo(65536);
        client.answering(
                        (set, device, number, command) -> {
                            assertThat(command.size() % 65536).isZero();
                            return 0;
                        })
                .backup(
                        new BackupStatement(
                                BackupType.FULL,
                                "a",
                                new Scope.WholeDatabase(),
                                TestClient.names(3),
                                new BackupStatement.Options(
                                        false,
                                        false,
                                        false,
                                        new Compression.ServerDefault(),
                                        new TransferOptions(65536, 1, 1 << 20),
                                        0,
                                        "",
                                        "",
                                        TailLog.NONE)));
        assertThat(client.configuration().blockSize()).isEqualTo(65536);
        assertThat(client.configuration().maxTransferSize()).isEqualTo(1 << 20);
    }

    @Test
    void looksAtABackupWithoutReadingItAll() throws Exception {
        test.run("a", "INSERT INTO t SELECT x, SECURE_RAND(1000) FROM SYSTEM_RANGE(2000, 6000)");
        BackupStatement statement =
                new BackupStatement(
                        BackupType.FULL,
                        "a",
                        new Scope.WholeDatabase(),
                        TestClient.names(2),
                        new BackupStatement.Options(
                                true,
                                true,
                                false,
                                new Compression.None(),
                                TestServer.SMALL,
                                0,
                                "a name'",
                                "a description]",
                                TailLog.NONE));
        List<byte[]> stripes = test.client().backup(statement);
        TestClient client = test.client();
        ResultTable header =
                client.look(RestoreStatement.Kind.HEADERONLY, stripes).tables().getFirst();
        int all = stripes.stream().mapToInt(stripe -> stripe.length).sum();
        assertThat(client.commands()).isLessThan(all / 65536 / 4);
        assertThat(header.value(0, "DatabaseName")).isEqualTo("a");
        assertThat(header.value(0, "BackupName")).isEqualTo("a name'");
        assertThat(header.value(0, "BackupDescription")).isEqualTo("a description]");
        assertThat(header.value(0, "BackupType")).isEqualTo(1);
        ResultTable label =
                test.client().look(RestoreStatement.Kind.LABELONLY, stripes).tables().getFirst();
        assertThat(label.value(0, "FamilyCount")).isEqualTo(2);
        ResultTable files =
                test.client().look(RestoreStatement.Kind.FILELISTONLY, stripes).tables().getFirst();
        assertThat(files.value(0, "LogicalName")).isEqualTo("a");
    }

    @Test
    void anyNameWillDo() throws Exception {
        List<String> names =
                List.of(
                        "]'; DROP DATABASE a; --",
                        "😀".repeat(64),
                        "../../etc",
                        "a\nb",
                        "con",
                        ".",
                        "x".repeat(128),
                        "%2e",
                        "a;b=c");
        for (String name : names) {
            test.createFilled(name, 5);
            List<byte[]> stripes = test.client().backup(name, 1);
            restore(name + "", stripes, false);
            assertThat(test.number(name, "SELECT COUNT(*) FROM t")).isEqualTo(5);
        }
        assertThat(test.server.databases()).hasSize(names.size() + 1);
        for (String name : names) {
            test.execute("DROP DATABASE " + TSql.quoteName(name));
        }
        assertThat(test.server.databases()).hasSize(1);
    }
}
