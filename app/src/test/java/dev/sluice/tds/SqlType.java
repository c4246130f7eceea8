package dev.sluice.tds;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A type of columns and parameters: its TYPE_INFO, and its values as Java has them (sections
 * 2.2.5.4 to 2.2.5.6 of the specification).
 *
 * @param token of the variant that may be NULL
 * @param size in bytes; {@link #MAX} for nvarchar(max) and its like
 * @param precision of numeric, otherwise 0
 * @param scale of numeric and datetime2, otherwise 0
 */
public record SqlType(int token, int size, int precision, int scale) {

    private static final int GUID = 0x24;
    private static final int INT_N = 0x26;
    private static final int DATETIME2_N = 0x2A;
    private static final int BIT_N = 0x68;
    private static final int DECIMAL_N = 0x6A;
    private static final int NUMERIC_N = 0x6C;
    private static final int FLOAT_N = 0x6D;
    private static final int DATETIME_N = 0x6F;
    private static final int VARBINARY = 0xA5;
    private static final int VARCHAR = 0xA7;
    private static final int CHAR = 0xAF;
    private static final int NVARCHAR = 0xE7;

    private static final int MAX = 0xFFFF;
    private static final long MAX_NULL = -1;

    /** A Byte is too short for tinyint, which is 0 to 255: a Short. */
    public static final SqlType TINYINT = new SqlType(INT_N, 1, 0, 0);

    public static final SqlType SMALLINT = new SqlType(INT_N, 2, 0, 0);
    public static final SqlType INT = new SqlType(INT_N, 4, 0, 0);
    public static final SqlType BIGINT = new SqlType(INT_N, 8, 0, 0);
    public static final SqlType BIT = new SqlType(BIT_N, 1, 0, 0);
    public static final SqlType REAL = new SqlType(FLOAT_N, 4, 0, 0);
    public static final SqlType FLOAT = new SqlType(FLOAT_N, 8, 0, 0);
    public static final SqlType UNIQUEIDENTIFIER = new SqlType(GUID, 16, 0, 0);

    /** A LocalDateTime, rounded to 1/300 second. */
    public static final SqlType DATETIME = new SqlType(DATETIME_N, 8, 0, 0);

    public static final SqlType SYSNAME = nvarchar(128);
    public static final SqlType NVARCHAR_MAX = new SqlType(NVARCHAR, MAX, 0, 0);
    public static final SqlType VARBINARY_MAX = new SqlType(VARBINARY, MAX, 0, 0);

    /** Of SQL_Latin1_General_CP1_CI_AS, what a server has unless told otherwise. */
    static final byte[] COLLATION = {0x09, 0x04, (byte) 0xD0, 0x00, 0x34};

    private static final Charset CODE_PAGE = Charset.forName("windows-1252");
    private static final LocalDate DATETIME_EPOCH = LocalDate.of(1900, 1, 1);
    private static final LocalDate DATETIME2_EPOCH = LocalDate.of(1, 1, 1);

    public static SqlType nvarchar(int characters) {
        return new SqlType(NVARCHAR, 2 * characters, 0, 0);
    }

    public static SqlType varchar(int characters) {
        return new SqlType(VARCHAR, characters, 0, 0);
    }

    /** Values must have all their characters: nothing pads them. */
    public static SqlType character(int characters) {
        return new SqlType(CHAR, characters, 0, 0);
    }

    public static SqlType varbinary(int bytes) {
        return new SqlType(VARBINARY, bytes, 0, 0);
    }

    /** A LocalDateTime, its fraction cut to {@code scale} digits. */
    public static SqlType datetime2(int scale) {
        return new SqlType(DATETIME2_N, 0, 0, scale);
    }

    public static SqlType numeric(int precision, int scale) {
        int size = precision <= 9 ? 5 : precision <= 19 ? 9 : precision <= 28 ? 13 : 17;
        return new SqlType(NUMERIC_N, size, precision, scale);
    }

    void writeInfo(Bytes out) {
        out.u1(token);
        switch (token) {
            case DATETIME2_N -> out.u1(scale);
            case NUMERIC_N, DECIMAL_N -> out.u1(size).u1(precision).u1(scale);
            case NVARCHAR, VARCHAR, CHAR -> out.u2(size).raw(COLLATION);
            case VARBINARY -> out.u2(size);
            default -> out.u1(size);
        }
    }

    static SqlType readInfo(ByteBuffer in) {
        int token = in.get() & 0xFF;
        return switch (token) {
            case DATETIME2_N -> datetime2(in.get());
            case NUMERIC_N, DECIMAL_N -> new SqlType(token, in.get(), in.get(), in.get());
            case NVARCHAR, VARCHAR, CHAR -> {
                int size = Short.toUnsignedInt(in.getShort());
                Bytes.raw(in, COLLATION.length);
                yield new SqlType(token, size, 0, 0);
            }
            case VARBINARY -> new SqlType(token, Short.toUnsignedInt(in.getShort()), 0, 0);
            case GUID, INT_N, BIT_N, FLOAT_N, DATETIME_N -> new SqlType(token, in.get(), 0, 0);
            default ->
                    throw new UnsupportedOperationException(
                            "a parameter of type 0x%02X is not spoken".formatted(token));
        };
    }

    /** NULLs have no bytes: a row tells of them in its bitmap. */
    void writeValue(Bytes out, Object value) {
        byte[] bytes = encoded(value);
        if (size == MAX) {
            // one chunk, and an empty one for the end
            out.u8(bytes.length);
            if (bytes.length > 0) {
                out.u4(bytes.length).raw(bytes);
            }
            out.u4(0);
        } else if (hasLongLength()) {
            if (bytes.length > size) {
                throw new IllegalArgumentException(
                        "%d bytes do not fit a column of %d".formatted(bytes.length, size));
            }
            out.u2(bytes.length).raw(bytes);
        } else {
            out.u1(bytes.length).raw(bytes);
        }
    }

    @Nullable Object readValue(ByteBuffer in) {
        if (size == MAX) {
            return readChunks(in);
        }
        int length = hasLongLength() ? Short.toUnsignedInt(in.getShort()) : in.get() & 0xFF;
        boolean isNull = length == (hasLongLength() ? 0xFFFF : 0);
        return isNull ? null : decoded(ByteBuffer.wrap(Bytes.raw(in, length)).order(in.order()));
    }

    private @Nullable Object readChunks(ByteBuffer in) {
        if (in.getLong() == MAX_NULL) {
            return null;
        }
        Bytes whole = new Bytes();
        for (int length = in.getInt(); length > 0; length = in.getInt()) {
            whole.raw(Bytes.raw(in, length));
        }
        return decoded(ByteBuffer.wrap(whole.toArray()).order(in.order()));
    }

    private boolean hasLongLength() {
        return switch (token) {
            case NVARCHAR, VARCHAR, CHAR, VARBINARY -> true;
            default -> false;
        };
    }

    private byte[] encoded(Object value) {
        Bytes out = new Bytes();
        switch (token) {
            case INT_N -> out.number(((Number) value).longValue(), size);
            case BIT_N -> out.u1((Boolean) value ? 1 : 0);
            case FLOAT_N -> {
                double number = ((Number) value).doubleValue();
                out.number(
                        size == 4
                                ? Float.floatToIntBits((float) number)
                                : Double.doubleToLongBits(number),
                        size);
            }
            case NUMERIC_N, DECIMAL_N -> {
                BigInteger unscaled = ((BigDecimal) value).setScale(scale).unscaledValue();
                out.u1(unscaled.signum() < 0 ? 0 : 1);
                for (int i = 0; i < size - 1; i++) {
                    out.u1(unscaled.abs().shiftRight(8 * i).intValue() & 0xFF);
                }
            }
            case GUID -> {
                UUID uuid = (UUID) value;
                long high = uuid.getMostSignificantBits();
                out.u4((int) (high >>> 32)).u2((int) (high >>> 16)).u2((int) high);
                out.raw(ByteBuffer.allocate(8).putLong(uuid.getLeastSignificantBits()).array());
            }
            case DATETIME_N -> {
                LocalDateTime time = (LocalDateTime) value;
                long days = DATETIME_EPOCH.until(time.toLocalDate(), ChronoUnit.DAYS);
                long ticks = Math.round(time.toLocalTime().toNanoOfDay() * 300 / 1e9);
                long ticksOfDay = 24 * 60 * 60 * 300;
                out.u4((int) (days + ticks / ticksOfDay)).u4((int) (ticks % ticksOfDay));
            }
            case DATETIME2_N -> {
                LocalDateTime time = (LocalDateTime) value;
                out.number(time.toLocalTime().toNanoOfDay() / unit(), timeLength());
                out.number(DATETIME2_EPOCH.until(time.toLocalDate(), ChronoUnit.DAYS), 3);
            }
            case NVARCHAR -> out.raw(((String) value).getBytes(StandardCharsets.UTF_16LE));
            case VARCHAR, CHAR -> out.raw(((String) value).getBytes(CODE_PAGE));
            case VARBINARY -> out.raw((byte[]) value);
            default -> throw new IllegalStateException("type " + this);
        }
        return out.toArray();
    }

    private Object decoded(ByteBuffer in) {
        int length = in.remaining();
        return switch (token) {
            case INT_N ->
                    switch (length) {
                        case 1 -> (short) (in.get() & 0xFF);
                        case 2 -> in.getShort();
                        case 4 -> in.getInt();
                        default -> in.getLong();
                    };
            case BIT_N -> in.get() != 0;
            case FLOAT_N -> length == 4 ? (Object) in.getFloat() : (Object) in.getDouble();
            case NUMERIC_N, DECIMAL_N -> {
                boolean negative = in.get() == 0;
                BigInteger unscaled = BigInteger.ZERO;
                for (int i = 0; in.hasRemaining(); i++) {
                    unscaled = unscaled.or(BigInteger.valueOf(in.get() & 0xFF).shiftLeft(8 * i));
                }
                yield new BigDecimal(negative ? unscaled.negate() : unscaled, scale);
            }
            case GUID -> {
                long high =
                        (Bytes.number(in, 4) << 32)
                                | (Bytes.number(in, 2) << 16)
                                | Bytes.number(in, 2);
                yield new UUID(high, ByteBuffer.wrap(Bytes.raw(in, 8)).getLong());
            }
            case DATETIME_N -> {
                LocalDate day = DATETIME_EPOCH.plusDays(in.getInt());
                yield day.atStartOfDay().plus(Duration.ofSeconds(in.getInt()).dividedBy(300));
            }
            case DATETIME2_N -> {
                LocalTime time = LocalTime.ofNanoOfDay(Bytes.number(in, timeLength()) * unit());
                yield LocalDateTime.of(DATETIME2_EPOCH.plusDays(Bytes.number(in, 3)), time);
            }
            case NVARCHAR -> Bytes.text(in, length / 2);
            case VARCHAR, CHAR -> new String(Bytes.raw(in, length), CODE_PAGE);
            case VARBINARY -> Bytes.raw(in, length);
            default -> throw new IllegalStateException("type " + this);
        };
    }

    /** Of datetime2's time of day, in nanoseconds. */
    private long unit() {
        return Math.round(Math.pow(10, 9 - scale));
    }

    /** Of datetime2's time of day, in bytes. */
    private int timeLength() {
        return scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
    }
}
