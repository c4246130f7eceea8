package dev.sluice.sql.embedded;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;

/** Fills the sample database: the same target, the same rows. One thread. */
final class SampleData {

    private static final long SEED = 20_260_101;
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 730;

    /** Bytes of documents between two commits. */
    private static final int COMMIT_BYTES = 8 << 20;

    private static final int ROWS_PER_BATCH = 1000;

    /** What an empty database and the small tables take at least. */
    private static final long SMALL_TABLES = 64 << 10;

    /** Bytes of the target for each customer, down to which the small tables stay small. */
    private static final long BYTES_PER_CUSTOMER = 16384;

    private static final int MAX_CUSTOMERS = 10_000;
    private static final int ORDERS_PER_CUSTOMER = 4;
    private static final int MAX_LINES = 5;

    private static final List<String> FIRST_NAMES =
            List.of(
                    "Ada",
                    "Björn",
                    "Chloé",
                    "Dušan",
                    "Edith",
                    "Farid",
                    "Grace",
                    "Hồng",
                    "Inés",
                    "Jürgen",
                    "Kateryna",
                    "Łukasz",
                    "Mei",
                    "Ngozi",
                    "Olga",
                    "Priya");
    private static final List<String> LAST_NAMES =
            List.of(
                    "Andersson",
                    "Beránek",
                    "Castro",
                    "Dubois",
                    "Eriksen",
                    "Fischer",
                    "García",
                    "Haddad",
                    "Ivanova",
                    "Jansen",
                    "Kowalski",
                    "Lindqvist",
                    "Müller",
                    "Nakamura",
                    "O'Brien",
                    "Papadopoulos");
    private static final List<String> CITIES =
            List.of(
                    "Aarhus", "Brno", "Córdoba", "Dublin", "Espoo", "Fès", "Gdańsk", "Haifa",
                    "İzmir", "Jena", "Kyōto", "Lyon");
    private static final List<String> WORDS =
            List.of(
                    "water",
                    "gate",
                    "level",
                    "the",
                    "of",
                    "measure",
                    "flow",
                    "and",
                    "river",
                    "sluice",
                    "open",
                    "close",
                    "pressure",
                    "valve",
                    "in",
                    "summer",
                    "report",
                    "delivery",
                    "agreed",
                    "with",
                    "customer",
                    "on",
                    "price",
                    "per",
                    "piece");

    private final Connection connection;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final long target;
    private final int customers;
    private final int products;
    private final int orders;

    SampleData(Connection connection, long target) {
        this.connection = connection;
        this.target = target;
        this.customers = (int) Math.min(MAX_CUSTOMERS, target / BYTES_PER_CUSTOMER);
        this.products = Math.max(20, customers / 10);
        this.orders = customers * ORDERS_PER_CUSTOMER;
    }

    void fill() throws SQLException {
        connection.setAutoCommit(false);
        createTables();
        customers();
        products();
        orders();
        documents();
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void createTables() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql :
                    """
                    CREATE TABLE customers(
                        id INT PRIMARY KEY, name VARCHAR(100) NOT NULL, city VARCHAR(60),
                        email VARCHAR(120), since DATE NOT NULL, credit DECIMAL(12, 2));
                    CREATE TABLE products(
                        id INT PRIMARY KEY, name VARCHAR(100) NOT NULL,
                        price DECIMAL(10, 2) NOT NULL, weight DOUBLE PRECISION,
                        discontinued BOOLEAN NOT NULL);
                    CREATE TABLE orders(
                        id INT PRIMARY KEY, customer INT NOT NULL REFERENCES customers(id),
                        ordered DATE NOT NULL, comment VARCHAR(1000));
                    CREATE TABLE order_lines(
                        order_id INT NOT NULL REFERENCES orders(id), line INT NOT NULL,
                        product INT NOT NULL REFERENCES products(id), quantity INT NOT NULL,
                        price DECIMAL(10, 2) NOT NULL, PRIMARY KEY(order_id, line));
                    CREATE TABLE documents(
                        id INT PRIMARY KEY, order_id INT REFERENCES orders(id),
                        title VARCHAR(200) NOT NULL, body CLOB, content BLOB)
                    """
                            .split(";")) {
                statement.execute(sql);
            }
        }
    }

    private void customers() throws SQLException {
        try (Batch batch = new Batch("INSERT INTO customers VALUES(?, ?, ?, ?, ?, ?)")) {
            for (int id = 1; id <= customers; id++) {
                String first = pick(FIRST_NAMES);
                String last = pick(LAST_NAMES);
                batch.add(
                        id,
                        first + " " + last,
                        random.nextInt(10) == 0 ? null : pick(CITIES),
                        "customer" + id + "@example.com",
                        day(),
                        money(100_000));
            }
        }
    }

    private void products() throws SQLException {
        try (Batch batch = new Batch("INSERT INTO products VALUES(?, ?, ?, ?, ?)")) {
            for (int id = 1; id <= products; id++) {
                batch.add(
                        id,
                        words(2) + " " + id,
                        money(100_000),
                        random.nextInt(8) == 0 ? null : random.nextDouble(50),
                        random.nextInt(12) == 0);
            }
        }
    }

    private void orders() throws SQLException {
        try (Batch batch = new Batch("INSERT INTO orders VALUES(?, ?, ?, ?)")) {
            for (int id = 1; id <= orders; id++) {
                String comment = random.nextInt(4) == 0 ? words(12) : null;
                batch.add(id, 1 + random.nextInt(customers), day(), comment);
            }
        }
        try (Batch batch = new Batch("INSERT INTO order_lines VALUES(?, ?, ?, ?, ?)")) {
            for (int id = 1; id <= orders; id++) {
                lines(batch, id);
            }
        }
    }

    private void lines(Batch lines, int order) throws SQLException {
        int count = 1 + random.nextInt(MAX_LINES);
        for (int line = 1; line <= count; line++) {
            lines.add(
                    order,
                    line,
                    1 + random.nextInt(products),
                    1 + random.nextInt(20),
                    money(100_000));
        }
    }

    /** Documents of very different sizes, until they alone make up the target. */
    private void documents() throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO documents VALUES(?, ?, ?, ?, ?)")) {
            long left = target - SMALL_TABLES;
            long uncommitted = 0;
            for (int id = 1; left > 0; id++) {
                int size = document(insert, id);
                left -= size;
                uncommitted += size;
                if (uncommitted >= COMMIT_BYTES) {
                    connection.commit();
                    uncommitted = 0;
                }
            }
        }
    }

    private int document(PreparedStatement insert, int id) throws SQLException {
        byte[] content = new byte[contentSize()];
        random.nextBytes(content);
        String body = words(20 + random.nextInt(400));
        insert.setInt(1, id);
        insert.setObject(2, random.nextInt(5) == 0 ? null : 1 + random.nextInt(orders));
        insert.setString(3, words(4));
        insert.setCharacterStream(4, new StringReader(body), body.length());
        insert.setBinaryStream(5, new ByteArrayInputStream(content), content.length);
        insert.executeUpdate();
        return content.length + body.length();
    }

    /** Mostly a few kilobytes to a few hundred, now and then more; larger in large samples. */
    private int contentSize() {
        int scale = target > 256 << 20 ? 4 : 1;
        int most = random.nextInt(10) == 0 ? 512 << 10 : 64 << 10;
        return (1024 + random.nextInt(most)) * scale;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private LocalDate day() {
        return FIRST_DAY.plusDays(random.nextInt(DAYS));
    }

    private BigDecimal money(int cents) {
        return BigDecimal.valueOf(random.nextInt(cents), 2);
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(pick(WORDS));
        }
        return text.toString();
    }

    /** Rows of one table, sent many at a time. */
    private final class Batch implements AutoCloseable {

        private final PreparedStatement insert;
        private int rows;

        Batch(String sql) throws SQLException {
            insert = connection.prepareStatement(sql);
        }

        void add(@Nullable Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.addBatch();
            if (++rows % ROWS_PER_BATCH == 0) {
                send();
            }
        }

        void send() throws SQLException {
            insert.executeBatch();
        }

        @Override
        public void close() throws SQLException {
            send();
            insert.close();
        }
    }
}
