package io.caracal.core.internal.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The bundle of a site profile: data only, with the ensemble's symbolic name. The same profile
 * makes the same bytes, so that it can be signed and checked.
 */
public final class ProfileJar {
  /** The first moment that a zip file can name. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private ProfileJar() {}

  /**
   * Packs.
   *
   * @param symbolicName of the ensemble's bundle
   * @param requires its {@code Require-Capability}
   * @return the bytes of the jar
   */
  public static byte[] pack(SiteProfile profile, String symbolicName, String requires) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("META-INF/MANIFEST.MF", manifest(profile, symbolicName, requires));
    entries.put("caracal/card.md", ProfileCard.of(profile).getBytes(StandardCharsets.UTF_8));
    entries.put(SiteProfile.ENSEMBLE, SiteProfile.bytes(profile.ensemble()));
    entries.put(SiteProfile.SITE, SiteProfile.bytes(profile.site()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTimeLocal(TIME);
        jar.putNextEntry(header);
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] manifest(SiteProfile profile, String symbolicName, String requires) {
    StringBuilder text = new StringBuilder("Manifest-Version: 1.0\r\n");
    header(text, "Bundle-ManifestVersion", "2");
    header(text, "Bundle-SymbolicName", symbolicName);
    header(text, "Bundle-Version", profile.version());
    header(text, "Bundle-Name", "Caracal site profile");
    header(text, "Require-Capability", requires);
    return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Lines of a manifest have at most 72 bytes; the next one goes on after a blank. */
  private static void header(StringBuilder text, String name, String value) {
    String rest = name + ": " + value;
    for (String indent = ""; !rest.isEmpty(); indent = " ") {
      int length = Math.min(rest.length(), 70 - indent.length());
      text.append(indent).append(rest, 0, length).append("\r\n");
      rest = rest.substring(length);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
