package io.caracal.plugin.signing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The trust store as files: {@code NAME.pem}, certificates of those whose plugins are taken, and
 * {@code revoked}, one line for each certificate or jar that is taken no more: its fingerprint, a
 * blank, and why.
 *
 * @param folder created with the first entry
 */
public record TrustFolder(Path folder) {
  private static final String SUFFIX = ".pem";

  /**
   * Reads all of it.
   *
   * @throws IOException with a sentence if anything in it cannot be understood: half a trust store
   *     would be the wrong one
   */
  public TrustStore read() throws IOException {
    List<TrustStore.Trusted> trusted = new ArrayList<>();
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      for (X509Certificate certificate : certificates(file)) {
        trusted.add(
            new TrustStore.Trusted(
                name.substring(0, name.length() - SUFFIX.length()), certificate));
      }
    }
    return new TrustStore(trusted, revoked());
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /** The certificates of a PEM file, at least one. */
  private static List<X509Certificate> certificates(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(file + " holds no certificate; give a PEM file that does");
      }
      return found.stream().map(X509Certificate.class::cast).toList();
    } catch (CertificateException e) {
      throw new IOException(
          file + " holds no certificate in PEM (" + e.getMessage() + "); remove or replace it", e);
    }
  }

  private Map<String, String> revoked() throws IOException {
    Path file = folder.resolve("revoked");
    Map<String, String> revoked = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return revoked;
    }
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s+", 2);
      try {
        revoked.put(fingerprint(parts[0]), parts.length > 1 ? parts[1] : "no reason given");
      } catch (IOException e) {
        throw new IOException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return revoked;
  }

  private static String fingerprint(String text) throws IOException {
    String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{64}")) {
      throw new IOException(
          "'" + text + "' is no SHA-256 fingerprint; it must have 64 hexadecimal digits");
    }
    return digits;
  }

  /**
   * Trusts the certificates of a PEM file, under the file's name.
   *
   * @return where they lie now
   */
  public Path trust(Path pem) throws IOException {
    String name = String.valueOf(pem.getFileName()).replaceFirst("\\.[^.]*$", "");
    return write(name, certificates(pem));
  }

  /**
   * Trusts a certificate.
   *
   * @return where it lies now
   */
  public Path trust(String name, X509Certificate certificate) throws IOException {
    return write(name, List.of(certificate));
  }

  private Path write(String name, List<X509Certificate> certificates) throws IOException {
    Path file = folder.resolve(name + SUFFIX);
    if (Files.exists(file)) {
      if (certificates(file).equals(certificates)) {
        return file;
      }
      throw new IOException(
          file + " is another certificate; remove it with: caracal keys untrust " + name);
    }
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      text.append(pem(certificate));
    }
    Files.createDirectories(folder);
    return Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
  }

  /** A certificate as RFC 7468 writes it. */
  public static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  /** Trusts a name no longer. */
  public void untrust(String name) throws IOException {
    if (!Files.deleteIfExists(folder.resolve(name + SUFFIX))) {
      throw new IOException("nothing of the name " + name + " is trusted; see: caracal keys list");
    }
  }

  /** Takes a certificate or jar no more, whoever vouches for it. */
  public void revoke(String fingerprint, String reason) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("revoked"),
        fingerprint(fingerprint) + " " + reason.replaceAll("\\s+", " ").strip() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
