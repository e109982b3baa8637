package io.caracal.api.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The PEM files (RFC 7468) with which a plugin speaks TLS: {@code KIND.tls-ca}, {@code
 * KIND.tls-certificate} and {@code KIND.tls-key}.
 *
 * @param authorities certificates of those who may vouch for the server; empty for those that the
 *     Java platform trusts
 * @param certificate the client's certificate and those between it and the authority, in this
 *     order; empty for none
 * @param key its private key in PKCS #8, not encrypted; given if the certificate is
 */
public record TlsFiles(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /**
   * Reads the names of the files.
   *
   * @param settings of the plugin
   * @param kind what the keys begin with, such as {@code syslog}
   * @return the files
   * @throws IllegalArgumentException if there is a certificate without key or the reverse
   */
  public static TlsFiles of(Settings settings, String kind) {
    Optional<Path> certificate = path(settings, kind + ".tls-certificate");
    Optional<Path> key = path(settings, kind + ".tls-key");
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "%s.tls-certificate and %s.tls-key belong together, but only one of them is set"
              .formatted(kind, kind));
    }
    return new TlsFiles(path(settings, kind + ".tls-ca"), certificate, key);
  }

  private static Optional<Path> path(Settings settings, String key) {
    return Optional.of(settings.text(key, "")).filter(text -> !text.isEmpty()).map(Path::of);
  }

  /**
   * When the files changed last: certificates are renewed while a sensor runs.
   *
   * @return milliseconds since 1970 of the newest, 0 without files
   */
  public long changed() {
    return Stream.of(authorities, certificate, key)
        .flatMap(Optional::stream)
        .mapToLong(path -> path.toFile().lastModified())
        .max()
        .orElse(0);
  }

  /**
   * What connections are made with; reads the files.
   *
   * @return a context for clients
   * @throws IOException with a sentence for the operator that names the file
   */
  public SSLContext context() throws IOException {
    try {
      return context(trustManagers());
    } catch (GeneralSecurityException e) {
      throw unfit(e);
    }
  }

  /**
   * The same where somebody else says whom to trust, such as one who knows the server's certificate
   * by its fingerprint.
   *
   * @param trust instead of the authorities
   * @return a context for clients
   * @throws IOException with a sentence for the operator that names the file
   */
  public SSLContext context(TrustManager trust) throws IOException {
    try {
      return context(new TrustManager[] {trust});
    } catch (GeneralSecurityException e) {
      throw unfit(e);
    }
  }

  private SSLContext context(TrustManager @org.jspecify.annotations.Nullable [] trust)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(), trust, null);
    return context;
  }

  private static IOException unfit(GeneralSecurityException e) {
    return new IOException("the files for TLS do not fit together: " + e.getMessage(), e);
  }

  private TrustManager @org.jspecify.annotations.Nullable [] trustManagers()
      throws IOException, GeneralSecurityException {
    if (authorities.isEmpty()) {
      return null; // the platform's
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (Certificate authority : certificates(authorities.get())) {
      trusted.setCertificateEntry("authority-" + trusted.size(), authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private KeyManager @org.jspecify.annotations.Nullable [] keyManagers()
      throws IOException, GeneralSecurityException {
    if (certificate.isEmpty() || key.isEmpty()) {
      return null; // none
    }
    char[] password = {};
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "own",
        privateKey(key.get()),
        password,
        certificates(certificate.get()).toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, password);
    return factory.getKeyManagers();
  }

  private static Collection<? extends Certificate> certificates(Path file) throws IOException {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file)));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the file " + file + " holds no certificates in PEM: " + e.getMessage(), e);
    }
    throw new IOException("the file " + file + " holds no certificates in PEM");
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher found = KEY.matcher(new String(read(file), StandardCharsets.US_ASCII));
    Optional<PrivateKey> key = Optional.empty();
    if (found.find()) {
      KeySpec encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
      for (int i = 0; key.isEmpty() && i < ALGORITHMS.size(); i++) {
        key = privateKey(encoded, KeyFactory.getInstance(ALGORITHMS.get(i)));
      }
    }
    return key.orElseThrow(() -> noKey(file));
  }

  private static Optional<PrivateKey> privateKey(KeySpec encoded, KeyFactory factory) {
    try {
      return Optional.of(factory.generatePrivate(encoded));
    } catch (InvalidKeySpecException e) {
      return Optional.empty(); // a key of another algorithm
    }
  }

  private static IOException noKey(Path file) {
    return new IOException(
        "the file "
            + file
            + " holds no private key in PKCS #8 without password ('BEGIN PRIVATE KEY'); make it one"
            + " with: openssl pkcs8 -topk8 -nocrypt");
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("the file " + file + " does not exist", e);
    } catch (IOException e) {
      throw new IOException("the file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
