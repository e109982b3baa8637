package io.caracal.core.internal.site;

import io.caracal.api.detect.DetectorDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The columns in which learning keeps the detectors' scores. */
final class Detectors {
  private final List<DetectorDescription> columns = new ArrayList<>();
  private final Map<String, Integer> byVersion = new HashMap<>();

  /** The column of a version of a detector; a new one if it has none yet. */
  int column(DetectorDescription detector) {
    return byVersion.computeIfAbsent(
        detector.id() + " " + detector.version(),
        key -> {
          columns.add(detector);
          return columns.size() - 1;
        });
  }

  int size() {
    return columns.size();
  }

  List<DetectorDescription> columns() {
    return List.copyOf(columns);
  }

  /** Detectors of which several versions scored: what was learnt holds for none of them. */
  Set<String> exchanged() {
    Set<String> seen = new TreeSet<>();
    Set<String> twice = new TreeSet<>();
    columns.stream().filter(d -> !seen.add(d.id())).forEach(d -> twice.add(d.id()));
    return twice;
  }

  /** Columns of the detectors of which one version scored, by id. */
  Map<String, Integer> byId() {
    Set<String> exchanged = exchanged();
    Map<String, Integer> byId = new TreeMap<>();
    for (int column = 0; column < columns.size(); column++) {
      if (!exchanged.contains(columns.get(column).id())) {
        byId.put(columns.get(column).id(), column);
      }
    }
    return byId;
  }
}
