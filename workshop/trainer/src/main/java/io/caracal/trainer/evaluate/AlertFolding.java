package io.caracal.trainer.evaluate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Detections as the sensor tells them: an alert is a source and a class, open until it was quiet
 * for a while.
 */
public final class AlertFolding {
  private AlertFolding() {}

  /**
   * A detection.
   *
   * @param key campaign, source and class: what is told in one alert
   * @param seconds when
   */
  public record Detection(String key, double seconds) {}

  /**
   * Counts.
   *
   * @param detections in any order
   * @param windowSeconds an alert is open until it was quiet this long
   * @return alerts
   */
  public static int alerts(List<Detection> detections, double windowSeconds) {
    Map<String, Double> lastByKey = new HashMap<>();
    int alerts = 0;
    for (Detection detection :
        detections.stream().sorted(Comparator.comparingDouble(Detection::seconds)).toList()) {
      Double last = lastByKey.put(detection.key(), detection.seconds());
      if (last == null || detection.seconds() - last >= windowSeconds) {
        alerts++;
      }
    }
    return alerts;
  }
}
