package io.caracal.core.internal.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.core.internal.ensemble.EnsembleDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;

/**
 * An ensemble recalibrated to a site.
 *
 * @param version the ensemble's with a qualifier
 * @param ensemble {@code caracal/ensemble.json}
 * @param site {@code caracal/site.json}: what it was learnt from, as docs/learn.md defines it
 */
public record SiteProfile(String version, ObjectNode ensemble, ObjectNode site) {
  /** Entry of the descriptor in a jar. */
  public static final String ENSEMBLE = "caracal/ensemble.json";

  /** Entry of what was learnt. */
  public static final String SITE = "caracal/site.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  static ObjectNode object(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException | ClassCastException e) {
      throw new IllegalArgumentException("not a JSON object: " + e.getMessage(), e);
    }
  }

  static byte[] bytes(JsonNode node) {
    try {
      return (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a jar: a profile, or the ensemble as it was shipped, which was learnt from nothing.
   *
   * @throws IOException with a sentence if it is neither
   */
  public static SiteProfile read(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getEntry(ENSEMBLE) == null) {
        throw new IOException("there is no " + ENSEMBLE + " in it");
      }
      ObjectNode ensemble = object(file.getInputStream(file.getEntry(ENSEMBLE)).readAllBytes());
      ObjectNode site =
          file.getEntry(SITE) == null
              ? JSON.createObjectNode()
              : object(file.getInputStream(file.getEntry(SITE)).readAllBytes());
      return new SiteProfile(EnsembleDescriptor.read(bytes(ensemble)).version(), ensemble, site);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          jar
              + " is neither a site profile nor an ensemble: "
              + e.getMessage()
              + "; name a jar that learn wrote",
          e);
    }
  }

  /** The same of a bundle that is installed. */
  public static SiteProfile read(Bundle bundle) throws IOException {
    return new SiteProfile(
        bundle.getVersion().toString(),
        entry(bundle, ENSEMBLE),
        bundle.getEntry(SITE) == null ? JSON.createObjectNode() : entry(bundle, SITE));
  }

  private static ObjectNode entry(Bundle bundle, String name) throws IOException {
    URL entry = bundle.getEntry(name);
    if (entry == null) {
      throw new IOException("bundle " + bundle.getSymbolicName() + " has no " + name);
    }
    try (InputStream in = entry.openStream()) {
      return object(in.readAllBytes());
    }
  }

  /**
   * Says of which detectors it was made for other versions.
   *
   * @param installed gives the version of a detector that scores, empty if none does
   */
  public List<String> foreign(UnaryOperator<String> installed) {
    List<String> sentences = new ArrayList<>();
    Recalibration.fitted(ensemble)
        .forEach(
            (id, version) -> {
              String now = installed.apply(id);
              if (!now.equals(version)) {
                sentences.add(
                    id
                        + " was learnt in version "
                        + version
                        + " but "
                        + (now.isEmpty() ? "is not installed" : now + " scores")
                        + ": its shipped calibration holds; run learn again");
              }
            });
    return sentences;
  }

  /** Whether it was learnt on a site. */
  public boolean learnt() {
    return ensemble.has("site");
  }
}
