package io.caracal.plugin.signing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What plugins are signed with: a private key and the certificate that belongs to it, out of a PKCS
 * #12 file with one key.
 *
 * @param key the private key
 * @param chain the certificate and those of its issuers, its own first
 */
public record SigningKey(PrivateKey key, List<X509Certificate> chain) {
  /**
   * The environment variable with the password of key files. Without it they have a well-known one,
   * and what protects them is that only their owner can read them.
   */
  public static final String PASSWORD = "CARACAL_KEY_PASSWORD";

  private static final String WELL_KNOWN = "caracal";

  /** Copies the list. */
  public SigningKey {
    chain = List.copyOf(chain);
  }

  /** The certificate of the key. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /**
   * Reads a key.
   *
   * @param file a PKCS #12 file
   * @throws IOException with a sentence if there is none that can be used
   */
  public static SigningKey load(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no key " + file + "; make one with: caracal keys create");
    }
    char[] password = password().toCharArray();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password) instanceof PrivateKey key) {
          return new SigningKey(key, chain(store, alias));
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(
          file
              + " is no key that can be opened ("
              + e.getMessage()
              + "); give its password in "
              + PASSWORD
              + ", or make another key with: caracal keys create",
          e);
    }
    throw new IOException(file + " holds no private key; make one with: caracal keys create");
  }

  private static List<X509Certificate> chain(KeyStore store, String alias)
      throws GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : store.getCertificateChain(alias)) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  /** The password of key files. */
  static String password() {
    return Optional.ofNullable(System.getenv(PASSWORD))
        .filter(given -> !given.isEmpty())
        .orElse(WELL_KNOWN);
  }
}
