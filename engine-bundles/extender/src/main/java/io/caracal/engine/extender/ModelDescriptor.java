package io.caracal.engine.extender;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.flow.FlowSettings;
import java.util.List;
import java.util.Map;

/**
 * What {@code caracal/model.json} says, as docs/model-bundle.md defines it key by key.
 *
 * @param model file name below {@code caracal/}
 * @param sha256 hash of the model file, 64 lower-case hexadecimal digits
 * @param outputs names of the output tensors; {@link Outputs#NONE} where the format has none
 * @param classes the attack classes in the order of the model's output; empty if unsupervised
 * @param threshold score from which this detector alone calls a flow an attack
 * @param typical for flat views the median of every column over benign training flows
 * @param flows how packets became flows in training
 */
public record ModelDescriptor(
    String id,
    String version,
    String family,
    DetectorKind kind,
    String model,
    String sha256,
    List<Input> inputs,
    Outputs outputs,
    List<AttackClass> classes,
    int minimumPackets,
    double threshold,
    Map<String, float[]> typical,
    FlowSettings flows) {
  /**
   * One input of the model.
   *
   * @param name name of the tensor
   * @param view name of the view that fills it
   * @param version {@code major.minor} of the view it was trained on
   * @param shape shape of one row
   * @param columns names of all columns of the view, in order
   */
  public record Input(
      String name, String view, String version, List<Integer> shape, List<String> columns) {
    public Input {
      shape = List.copyOf(shape);
      columns = List.copyOf(columns);
    }

    /** Columns change with the major version only. */
    int major() {
      return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
  }

  /**
   * Names of output tensors.
   *
   * @param score tensor of the score
   * @param classes tensor of the probabilities of the attack classes; empty if unsupervised
   */
  public record Outputs(String score, String classes) {
    /** For formats whose outputs have no names. */
    public static final Outputs NONE = new Outputs("", "");
  }

  public ModelDescriptor {
    inputs = List.copyOf(inputs);
    classes = List.copyOf(classes);
    typical = Map.copyOf(typical);
  }

  /**
   * Reads a descriptor.
   *
   * @param json the bytes of {@code caracal/model.json}
   * @param bundle names the bundle in messages
   * @throws ModelException with one sentence that names bundle and key
   */
  public static ModelDescriptor parse(byte[] json, String bundle) throws ModelException {
    return DescriptorReader.read(json, bundle);
  }

  /** Names of the views it reads, without duplicates. */
  public List<String> views() {
    return inputs.stream().map(Input::view).distinct().toList();
  }

  /** What the detector tells its host. */
  public DetectorDescription describe(String engine, String device) {
    return new DetectorDescription(
        id,
        version,
        family,
        kind,
        views(),
        classes,
        engine,
        device,
        minimumPackets,
        threshold,
        typical);
  }
}
