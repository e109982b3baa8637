package io.caracal.core.internal.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.caracal.api.packet.DecodeResult;
import io.caracal.core.internal.lane.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run amounted to: {@code summary.json} for programs, a few lines for people. */
record Summary(
    List<String> inputs,
    long packets,
    long bytes,
    long flows,
    Map<String, Long> undecodable,
    long detections,
    Map<String, Long> alerts,
    double seconds,
    List<String> notices,
    List<String> failures,
    Map<String, Object> counters) {

  static Summary of(
      Session session,
      List<String> inputs,
      double seconds,
      List<String> notices,
      List<String> failures) {
    Map<String, Object> counters = session.counters();
    return new Summary(
        inputs,
        count(counters, "decoder.packets"),
        count(counters, "decoder.bytes"),
        count(counters, "flow.reported"),
        undecodable(counters),
        count(counters, "detections"),
        session.alerts(),
        seconds,
        notices,
        failures,
        counters);
  }

  private static long count(Map<String, Object> counters, String name) {
    return counters.get(name) instanceof Long count ? count : 0;
  }

  /** Frames that belong to no flow, by reason; only reasons that occurred. */
  private static Map<String, Long> undecodable(Map<String, Object> counters) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    for (DecodeResult result : DecodeResult.values()) {
      long count = count(counters, "decoder." + result.key());
      if (result != DecodeResult.OK && count > 0) {
        reasons.put(result.key(), count);
      }
    }
    return reasons;
  }

  void write(Path file) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("inputs", inputs);
    json.put("packets", packets);
    json.put("bytes", bytes);
    json.put("flows", flows);
    json.put("undecodable", undecodable);
    json.put("detections", detections);
    json.put("alerts", alertCount());
    json.put("alerts_by_class", alerts);
    json.put("seconds", seconds);
    json.put("packets_per_second", packets / seconds);
    json.put("notices", notices);
    json.put("failures", failures);
    json.put("counters", counters);
    Files.writeString(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json)
            + "\n");
  }

  void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%,d packets, %,d bytes, %,d flows in %.1f s (%,.0f packets/s)%n",
        packets,
        bytes,
        flows,
        seconds,
        packets / seconds);
    if (!undecodable.isEmpty()) {
      out.println("outside any flow: " + listed(undecodable));
    }
    out.printf(
        Locale.ROOT,
        "%,d flows judged an attack, %,d alerts%s%n",
        detections,
        alertCount(),
        alerts.isEmpty() ? "" : ": " + listed(alerts));
    notices.forEach(notice -> out.println("note: " + notice));
  }

  private long alertCount() {
    return alerts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
