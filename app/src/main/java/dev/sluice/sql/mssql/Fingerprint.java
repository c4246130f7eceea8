package dev.sluice.sql.mssql;

import dev.sluice.words.RefusedValueException;
import dev.sluice.words.Told;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The SHA-256 fingerprint of a certificate, by which a user trusts this one certificate.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final HexFormat PEOPLES = HexFormat.ofDelimiter(":").withUpperCase();

    /** Takes the digits in either case, with or without colons or blanks between them. */
    public Fingerprint {
        String digits = hex.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
        if (!HEX.matcher(digits).matches()) {
            throw new RefusedValueException(Told.of("value.fingerprint", hex));
        }
        hex = digits;
    }

    /** The fingerprint of a certificate. */
    public static Fingerprint of(X509Certificate certificate) throws CertificateEncodingException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new Fingerprint(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The form that other tools show, such as {@code 5E:0B:…}. */
    @Override
    public String toString() {
        return PEOPLES.formatHex(HexFormat.of().parseHex(hex));
    }
}
