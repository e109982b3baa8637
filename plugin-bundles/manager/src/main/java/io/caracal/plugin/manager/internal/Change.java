package io.caracal.plugin.manager.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of the journal of changes.
 *
 * @param time when it was done, in ISO 8601 and UTC
 * @param action what was asked for
 * @param plugin symbolic name; empty if a file could not even be read
 * @param version its version
 * @param sha256 of the jar, in hexadecimal
 * @param signer who signed it, empty if nobody
 * @param actor who wanted it
 * @param settings the settings that were given, by key
 * @param result the {@link Stage} that the version is in since, in lower case
 * @param reason one sentence if somebody must know why, else empty
 * @param steps milliseconds that each step took up to this line, by name; empty if none was taken
 * @param standby versions of the same plugin that the change put on standby, separated by spaces
 */
public record Change(
    String time,
    String action,
    String plugin,
    String version,
    String sha256,
    String signer,
    String actor,
    Map<String, String> settings,
    String result,
    String reason,
    Map<String, Double> steps,
    String standby) {
  /** Copies the settings. */
  public Change {
    settings = Map.copyOf(settings);
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /** Reads a line; what it lacks is empty. */
  static Change of(JsonNode line) {
    Map<String, String> settings = new TreeMap<>();
    line.path("settings")
        .properties()
        .forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
    Map<String, Double> steps = new LinkedHashMap<>();
    line.path("steps").properties().forEach(e -> steps.put(e.getKey(), e.getValue().asDouble()));
    return new Change(
        line.path("time").asText(),
        line.path("action").asText(),
        line.path("plugin").asText(),
        line.path("version").asText(),
        line.path("sha256").asText(),
        line.path("signer").asText(),
        line.path("actor").asText(),
        settings,
        line.path("result").asText(),
        line.path("reason").asText(),
        steps,
        line.path("standby").asText());
  }

  /** The result as a stage. */
  Stage stage() {
    return Stage.valueOf(result.toUpperCase(Locale.ROOT));
  }
}
