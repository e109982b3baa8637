package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.trainer.TrainerException;
import io.caracal.trainer.bundle.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The alerts of a replay with the flows behind each, read from the events that the sensor told. */
public final class SensorAlerts {
  private final Map<String, Alert> alerts = new LinkedHashMap<>();

  /**
   * One alert.
   *
   * @param byFlow flows that are detections by themselves
   * @param bySource flows that are detections because of what their source does
   * @param byVictim flows that are detections because of what many sources do to their destination
   */
  public record Alert(Set<Long> byFlow, Set<Long> bySource, Set<Long> byVictim) {
    Alert() {
      this(new HashSet<>(), new HashSet<>(), new HashSet<>());
    }

    /** Whether a flow is behind it. */
    boolean holds(long flow) {
      return byFlow.contains(flow) || bySource.contains(flow) || byVictim.contains(flow);
    }
  }

  /**
   * Reads.
   *
   * @param events the file eve.json of a replay
   * @return its alerts
   */
  public static SensorAlerts read(Path events) {
    SensorAlerts result = new SensorAlerts();
    try (BufferedReader lines = Files.newBufferedReader(events, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("\"event_type\":\"anomaly\"")) {
          result.add(Json.object(line.getBytes(StandardCharsets.UTF_8)));
        }
      }
    } catch (IOException e) {
      throw TrainerException.unreadable("the sensor's events", events, e);
    }
    return result;
  }

  private void add(JsonNode anomaly) {
    JsonNode said = anomaly.path("caracal");
    Alert alert = alerts.computeIfAbsent(said.path("alert_id").asText(), id -> new Alert());
    JsonNode host = said.path("host");
    long flow = anomaly.path("flow_id").asLong();
    if (host.isMissingNode()) {
      alert.byFlow().add(flow);
      return;
    }
    boolean victim = host.path("role").asText().equals("victim");
    Set<Long> flows = victim ? alert.byVictim() : alert.bySource();
    flows.add(flow);
    host.path("flow_ids").forEach(id -> flows.add(id.asLong()));
  }

  /** The alerts in the order in which they were raised. */
  public Collection<Alert> alerts() {
    return alerts.values();
  }
}
