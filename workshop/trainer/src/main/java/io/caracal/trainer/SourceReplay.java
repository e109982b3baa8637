package io.caracal.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.evaluate.CaptureDetections;
import io.caracal.trainer.evaluate.SourceEvaluation;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.rows.Sensor;
import io.caracal.trainer.truth.CaptureLabel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Replays captures that are labelled as a whole, each for itself. */
final class SourceReplay {
  private final Sensor sensor;
  private final List<String> settings;
  private final Path scratch;

  SourceReplay(Sensor sensor, List<String> settings, Path scratch) {
    this.sensor = sensor;
    this.settings = settings;
    this.scratch = scratch;
  }

  /**
   * Replays and measures.
   *
   * @param table labels.tsv; its captures lie below its folder
   * @param folders of them those below these folders, or all if there are none
   * @return the content of metrics.json
   */
  ObjectNode measure(Path table, List<String> folders) {
    List<CaptureLabel> labels =
        CaptureLabel.read(table).stream()
            .filter(l -> folders.isEmpty() || folders.stream().anyMatch(f -> below(l, f)))
            .toList();
    if (labels.isEmpty()) {
      throw new TrainerException(
          table + " labels no capture below " + folders + ": name folders as its column pcap does");
    }
    Path root = table.toAbsolutePath().getParent();
    List<Path> captures =
        labels.stream().map(label -> DataFiles.find(root, label.capture())).toList();
    sensor.replaySeparately(captures, settings, scratch);
    List<CaptureDetections> detections = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Path file = scratch.resolve(i + ".rows");
      if (Files.exists(file)) {
        try (FlowRows rows = FlowRows.open(file)) {
          detections.add(CaptureDetections.of(labels.get(i), rows));
        }
      } else {
        unreadable.add(labels.get(i).capture());
      }
    }
    return SourceEvaluation.of(detections, unreadable);
  }

  private static boolean below(CaptureLabel label, String folder) {
    return Path.of(label.capture()).startsWith(folder);
  }
}
