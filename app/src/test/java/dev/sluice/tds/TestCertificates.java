package dev.sluice.tds;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Certificates for servers, made by the JDK's keytool in a folder of the test, all signed by one
 * authority of their own. (Java asks nothing of a certificate that is itself trusted, not even
 * whether it has expired.)
 */
public final class TestCertificates {

    private static final String AUTHORITY = "authority";

    private final Path folder;
    private final Path keys;
    private final String password;

    /**
     * A server's certificate with its key.
     *
     * @param context what the server makes its TLS with
     */
    public record Identity(X509Certificate certificate, SSLContext context) {}

    /**
     * Makes the authority.
     *
     * @param folder an empty one
     */
    public TestCertificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        keys = folder.resolve("keys.p12");
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        password = Base64.getUrlEncoder().encodeToString(random);
        generate(AUTHORITY, "-ext", "bc:c", "-validity", "2");
    }

    /** For localhost and 127.0.0.1, today. */
    public Identity valid() throws Exception {
        return signed("valid", "localhost", "-startdate", "-1H", "-validity", "2");
    }

    /** For localhost and 127.0.0.1, until yesterday. */
    public Identity expired() throws Exception {
        return signed("expired", "localhost", "-startdate", "-11d", "-validity", "10");
    }

    /** For {@code elsewhere.example} alone. */
    public Identity ofAnotherHost() throws Exception {
        return signed("other", "elsewhere.example", "-startdate", "-1H", "-validity", "2");
    }

    /** One that nobody signed but itself, for no host at all. */
    public Identity selfMade(String commonName) throws Exception {
        if (!load().containsAlias(commonName)) {
            generate(commonName, "-startdate", "-1H", "-validity", "2");
        }
        return identity(commonName);
    }

    /**
     * A file that holds the authority's certificate alone. In the JKS format, whose certificates
     * are read without a password, for in strict mode the driver knows of none.
     */
    public Path trustStore() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
        Path file = folder.resolve("trusted.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, password.toCharArray());
        }
        return file;
    }

    /** Of the {@link #trustStore()}. */
    public String password() {
        return password;
    }

    /** A certificate as a file in PEM form. */
    public Path pem(Identity identity) throws IOException, GeneralSecurityException {
        byte[] encoded = identity.certificate().getEncoded();
        String text =
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                        + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.resolve("server.pem"), text, StandardCharsets.US_ASCII);
    }

    private Identity signed(String alias, String host, String... times) throws Exception {
        List<String> options = new ArrayList<>(List.of(times));
        String names = host.equals("localhost") ? "dns:localhost,ip:127.0.0.1" : "dns:" + host;
        options.addAll(List.of("-ext", "san=" + names, "-signer", AUTHORITY));
        if (!load().containsAlias(alias)) {
            generate(alias, options.toArray(String[]::new));
        }
        return identity(alias);
    }

    private Identity identity(String alias) throws Exception {
        char[] secret = password.toCharArray();
        KeyStore all = load();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(alias, all.getKey(alias, secret), secret, all.getCertificateChain(alias));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(own, secret);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Identity((X509Certificate) all.getCertificate(alias), context);
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(keys.toFile(), password.toCharArray());
    }

    private void generate(String alias, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", keys.toString()));
        command.addAll(List.of("-storepass:env", "KEYTOOL_PASSWORD"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KEYTOOL_PASSWORD", password);
        builder.redirectOutput(folder.resolve("keytool.txt").toFile());
        Process keytool = builder.start();
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IOException(
                    "keytool failed: " + Files.readString(folder.resolve("keytool.txt")));
        }
    }
}
