package dev.sluice.sql.mssql;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts exactly one certificate, by its fingerprint, whoever issued it and whatever names and
 * dates are in it: somebody looked at it and said so. The driver makes instances by reflection.
 */
public final class PinnedCertificate extends X509ExtendedTrustManager {

    /** Told to an instance instead of a fingerprint: it only looks, and trusts nothing. */
    static final String NONE = "";

    /** The server showed a certificate that is not trusted. */
    static final class UntrustedException extends CertificateException {

        private static final long serialVersionUID = 1;

        private final transient X509Certificate shown;

        UntrustedException(X509Certificate shown) {
            super("the server shows a certificate that is not the trusted one");
            this.shown = shown;
        }

        X509Certificate shown() {
            return shown;
        }
    }

    private final String trusted;

    /**
     * @param trusted digits of a {@link Fingerprint}, or {@link #NONE}
     */
    public PinnedCertificate(String trusted) {
        this.trusted = trusted;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (!Fingerprint.of(chain[0]).hex().equals(trusted)) {
            throw new UntrustedException(chain[0]);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("this end is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
