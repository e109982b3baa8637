package io.caracal.core.internal.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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
    return new Summary(
        inputs,
        session.lane().packets(),
        session.lane().bytes(),
        session.flows(),
        session.undecodable(),
        session.detections(),
        session.alerts(),
        seconds,
        notices,
        failures,
        session.counters());
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
