package dev.sluice.sql.mssql;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Optional;

/** The certificates that servers show, for people to judge. */
final class Certificates {

    private Certificates() {}

    /** The certificate a server shows, asked for without logging in; empty when it shows none. */
    static Optional<X509Certificate> shownBy(ConnectionSettings settings) {
        try {
            new Connector(settings).look();
            return Optional.empty();
        } catch (SQLException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof PinnedCertificate.UntrustedException untrusted) {
                    return Optional.of(untrusted.shown());
                }
            }
            return Optional.empty();
        }
    }

    /** Its fingerprint, and what is in it. */
    static String describe(X509Certificate certificate) {
        try {
            return "SHA-256 %s, for %s, issued by %s, valid until %s"
                    .formatted(
                            Fingerprint.of(certificate),
                            certificate.getSubjectX500Principal(),
                            certificate.getIssuerX500Principal(),
                            certificate.getNotAfter().toInstant());
        } catch (CertificateEncodingException e) {
            return "a certificate that cannot be read: " + e.getMessage();
        }
    }
}
