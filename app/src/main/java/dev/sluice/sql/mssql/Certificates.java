package dev.sluice.sql.mssql;

import dev.sluice.words.Told;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The certificates that servers show, for people to judge. */
final class Certificates {

    /** What SQL Server calls the certificate that it makes when it was given none. */
    private static final String OWN_MAKE = "CN=SSL_Self_Signed_Fallback";

    private Certificates() {}

    /** The certificate a server shows, asked for without logging in; empty when it shows none. */
    static Optional<X509Certificate> shownBy(ConnectionSettings settings) {
        try {
            new Connector(settings).look();
            return Optional.empty();
        } catch (SQLException e) {
            return Causes.find(e, PinnedCertificate.UntrustedException.class)
                    .map(PinnedCertificate.UntrustedException::shown);
        }
    }

    /** Its fingerprint, and what is in it. */
    static Told describe(X509Certificate certificate) {
        try {
            return Told.of(
                    "certificate",
                    Fingerprint.of(certificate).toString(),
                    certificate.getSubjectX500Principal() + names(certificate),
                    certificate.getIssuerX500Principal().toString(),
                    certificate.getNotAfter().toInstant().toString());
        } catch (CertificateException e) {
            return Told.of("certificate.unreadable", String.valueOf(e.getMessage()));
        }
    }

    /** Whether SQL Server made it for itself; it makes another at its next start. */
    static boolean isOwnMake(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().contains(OWN_MAKE);
    }

    /** The hosts it is for. */
    private static String names(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? ""
                : names.stream()
                        .map(name -> String.valueOf(name.get(1)))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
