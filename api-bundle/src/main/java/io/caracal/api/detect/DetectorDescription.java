package io.caracal.api.detect;

import java.util.List;
import java.util.Map;

/**
 * What a detector is.
 *
 * @param id short name, for example {@code cnn1d}
 * @param version version of the model in OSGi syntax
 * @param family what it is in the field's terms, for example {@code 1D convolutional network}
 * @param kind what its score means
 * @param views names of the views it reads, without duplicates
 * @param classes the attack classes it can name; empty for unsupervised detectors
 * @param engine what runs it, for example {@code onnx}
 * @param device where it runs, for example {@code cpu} or {@code cuda:0}
 * @param minimumPackets it abstains from flows of fewer packets
 * @param threshold score from which this detector alone calls a flow an attack, chosen on
 *     validation traffic
 * @param typical for each view the median of every column over benign training flows, by which a
 *     judgement is explained; views without medians are absent
 */
public record DetectorDescription(
    String id,
    String version,
    String family,
    DetectorKind kind,
    List<String> views,
    List<AttackClass> classes,
    String engine,
    String device,
    int minimumPackets,
    double threshold,
    Map<String, float[]> typical) {
  /** Copies the collections. */
  public DetectorDescription {
    views = List.copyOf(views);
    classes = List.copyOf(classes);
    typical = Map.copyOf(typical);
  }
}
