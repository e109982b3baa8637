package io.caracal.testkit;

import io.caracal.plugin.signing.JarSigning;
import io.caracal.plugin.signing.KeyRing;
import io.caracal.plugin.signing.SigningKey;
import io.caracal.plugin.signing.TrustFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** A developer's key for tests, which the sensor of the same folder may trust. */
public final class PluginKey {
  private static final int DAYS = 30;

  private final SigningKey key;

  private PluginKey(SigningKey key) {
    this.key = key;
  }

  /**
   * The key {@code keys/developer.p12} of a sensor's folder, trusted in {@code config/trust}, as
   * {@code caracal keys create} would make it; made if it is not there.
   */
  public static PluginKey trustedIn(Path root) throws IOException {
    TrustFolder trust = new TrustFolder(root.resolve("config/trust"));
    return new PluginKey(
        new KeyRing(root.resolve("keys")).loadOrCreate(KeyRing.DEVELOPER, trust, said -> {}));
  }

  /** A key in a folder that nobody trusts yet. */
  public static PluginKey create(Path folder, String name) throws IOException {
    return create(folder, name, Instant.now(), DAYS);
  }

  /** As {@link #create(Path, String)}, valid from a time for so many days. */
  public static PluginKey create(Path folder, String name, Instant from, int days)
      throws IOException {
    return new PluginKey(new KeyRing(folder).create(name, from, days));
  }

  /** What it signs with. */
  public SigningKey key() {
    return key;
  }

  /** Signs a file in place. */
  public Path sign(Path jar) throws IOException {
    JarSigning.sign(jar, key);
    return jar;
  }

  /** Writes a model bundle and signs it. */
  public Path write(ModelBundleJar jar, Path folder) throws IOException {
    return sign(jar.write(folder));
  }
}
