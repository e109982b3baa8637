package io.caracal.plugin.manager.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * The bytes of a plugin, read once: what is verified is what is installed.
 *
 * @param name what messages call it: the file
 * @param content gives every byte, from the beginning
 * @param sha256 in hexadecimal
 * @param symbolicName Bundle-SymbolicName without its directives
 * @param version Bundle-Version
 * @param headers the main section of the manifest
 */
public record PluginJar(
    String name,
    Supplier<InputStream> content,
    String sha256,
    String symbolicName,
    Version version,
    Attributes headers) {
  /** Reads a file of at most so many bytes. */
  static PluginJar read(Path file, long limit) throws Refusal {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > limit) {
        throw new Refusal(
            file + " is larger than plugins.max-bytes, " + limit + "; raise it if that is right");
      }
      return of(file.toString(), bytes);
    } catch (IOException e) {
      throw new Refusal(file + " cannot be read (" + e + ")", e);
    }
  }

  /** Takes bytes that were read. */
  public static PluginJar of(String name, byte[] bytes) throws Refusal {
    Attributes headers;
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bytes), false)) {
      headers =
          Optional.ofNullable(jar.getManifest())
              .orElseThrow(() -> new Refusal(name + " is no readable jar; copy the whole file"))
              .getMainAttributes();
    } catch (IOException e) {
      throw new Refusal(
          name + " is no readable jar (" + e.getMessage() + "); copy the whole file", e);
    }
    String symbolicName = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
    if (symbolicName == null) {
      throw new Refusal(name + " is left out: its manifest names no bundle");
    }
    try {
      return new PluginJar(
          name,
          () -> new ByteArrayInputStream(bytes),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
          symbolicName.split(";", 2)[0].strip(),
          Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION)),
          headers);
    } catch (IllegalArgumentException e) {
      throw new Refusal(name + " has no valid Bundle-Version: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The bytes from the beginning. */
  public InputStream stream() {
    return content.get();
  }

  /** Symbolic name and version. */
  public String title() {
    return symbolicName + " " + version;
  }
}
