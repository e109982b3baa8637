package io.caracal.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority for tests: made by the JDK's keytool, handed out as PEM files. */
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path store;
  private final Path authority;

  /**
   * A certificate and what belongs to it, as PEM files.
   *
   * @param certificate it and the authority's
   * @param key its private key in PKCS #8
   */
  public record Pair(Path certificate, Path key) {}

  private Certificates(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("certificates.p12");
    this.authority = folder.resolve("ca.pem");
  }

  /**
   * Makes an authority.
   *
   * @param folder where its files go
   * @return the authority
   */
  public static Certificates in(Path folder) throws IOException {
    Certificates made = new Certificates(folder);
    made.keytool("-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
    made.write("CERTIFICATE", made.authority, made.certificates("ca"));
    return made;
  }

  /** The authority's certificate. */
  public Path authority() {
    return authority;
  }

  /**
   * Issues a certificate for this machine ({@code localhost} and {@code 127.0.0.1}), valid now.
   *
   * @param name of its owner, and of the files
   * @return the files
   */
  public Pair issue(String name) throws IOException {
    return issue(name, "DNS:localhost,IP:127.0.0.1", "-1H");
  }

  /** As {@link #issue(String)}, but it is no longer valid. */
  public Pair issueExpired(String name) throws IOException {
    return issue(name, "DNS:localhost,IP:127.0.0.1", "-1y");
  }

  /** As {@link #issue(String)}, but for another host. */
  public Pair issueFor(String host, String name) throws IOException {
    return issue(name, "DNS:" + host, "-1H");
  }

  private Pair issue(String name, String hosts, String from) throws IOException {
    keytool(
        "-alias",
        name,
        "-dname",
        "CN=" + name,
        "-signer",
        "ca",
        "-ext",
        "san=" + hosts,
        "-startdate",
        from);
    Pair pair = new Pair(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    write("CERTIFICATE", pair.certificate(), certificates(name));
    write("PRIVATE KEY", pair.key(), List.of(key(name).getEncoded()));
    return pair;
  }

  private void keytool(String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-validity", "30", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of(more));
    File said = folder.resolve("keytool.txt").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + Files.readString(said.toPath()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private List<byte[]> certificates(String alias) throws IOException {
    try {
      List<byte[]> chain = new ArrayList<>();
      for (Certificate certificate : open().getCertificateChain(alias)) {
        chain.add(certificate.getEncoded());
      }
      return chain;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private Key key(String alias) throws IOException {
    try {
      return open().getKey(alias, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private KeyStore open() throws IOException, GeneralSecurityException {
    KeyStore opened = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      opened.load(in, PASSWORD.toCharArray());
    }
    return opened;
  }

  private void write(String label, Path file, List<byte[]> contents) throws IOException {
    StringBuilder pem = new StringBuilder();
    for (byte[] content : contents) {
      pem.append("-----BEGIN ").append(label).append("-----\n");
      pem.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
      pem.append("\n-----END ").append(label).append("-----\n");
    }
    Files.writeString(file, pem, StandardCharsets.US_ASCII);
  }
}
