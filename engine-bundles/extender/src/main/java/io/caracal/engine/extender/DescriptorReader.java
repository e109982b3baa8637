package io.caracal.engine.extender;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.flow.FlowSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.Version;

/** Reads and cross-checks {@code caracal/model.json}. */
final class DescriptorReader {
  private DescriptorReader() {}

  static ModelDescriptor read(byte[] json, String bundle) throws ModelException {
    StrictObject root = StrictObject.parse(json, "caracal/model.json of bundle " + bundle);
    if (root.integer("format", 1) != 1) {
      throw root.wrong("format", "be 1: a newer format needs a newer engine");
    }
    DetectorKind kind = kind(root);
    List<ModelDescriptor.Input> inputs = inputs(root);
    ModelDescriptor descriptor =
        new ModelDescriptor(
            id(root),
            version(root),
            root.text("family"),
            kind,
            file(root),
            sha256(root),
            inputs,
            outputs(root, kind),
            classes(root, kind),
            root.integer("minimumPackets", 0),
            root.number("threshold"),
            typical(root, inputs),
            flows(root.object("flows")));
    root.object("training");
    root.object("metrics");
    root.end();
    return descriptor;
  }

  private static String id(StrictObject root) throws ModelException {
    String id = root.text("id");
    if (!id.matches("[a-z][a-z0-9-]*")) {
      throw root.wrong("id", "be lower-case letters, digits and hyphens");
    }
    return id;
  }

  private static String version(StrictObject root) throws ModelException {
    try {
      return Version.parseVersion(root.text("version")).toString();
    } catch (IllegalArgumentException e) {
      throw root.wrong("version", "be a version in OSGi syntax such as 1.2.0");
    }
  }

  private static DetectorKind kind(StrictObject root) throws ModelException {
    return switch (root.text("kind")) {
      case "supervised" -> DetectorKind.SUPERVISED;
      case "unsupervised" -> DetectorKind.UNSUPERVISED;
      default -> throw root.wrong("kind", "be supervised or unsupervised");
    };
  }

  private static String file(StrictObject root) throws ModelException {
    String file = root.text("model");
    if (!file.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw root.wrong("model", "be the name of a file directly below caracal/");
    }
    return file;
  }

  private static String sha256(StrictObject root) throws ModelException {
    String hash = root.text("sha256").toLowerCase(Locale.ROOT);
    if (!hash.matches("[0-9a-f]{64}")) {
      throw root.wrong("sha256", "be 64 hexadecimal digits");
    }
    return hash;
  }

  private static List<ModelDescriptor.Input> inputs(StrictObject root) throws ModelException {
    List<ModelDescriptor.Input> inputs = new ArrayList<>();
    for (StrictObject input : root.objects("inputs")) {
      ModelDescriptor.Input read =
          new ModelDescriptor.Input(
              input.text("name"),
              input.text("view"),
              input.text("version"),
              input.integers("shape", 1),
              input.texts("columns"));
      input.end();
      if (!read.version().matches("\\d{1,4}\\.\\d{1,4}")) {
        throw input.wrong("version", "be MAJOR.MINOR such as 1.0");
      }
      long width = read.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      if (width != read.columns().size()) {
        throw input.wrong("columns", "list " + width + " names, the product of its shape");
      }
      inputs.add(read);
    }
    if (inputs.isEmpty()) {
      throw root.wrong("inputs", "list at least one input");
    }
    return inputs;
  }

  private static ModelDescriptor.Outputs outputs(StrictObject root, DetectorKind kind)
      throws ModelException {
    if (!root.has("outputs")) {
      return ModelDescriptor.Outputs.NONE;
    }
    StrictObject outputs = root.object("outputs");
    String score = outputs.text("score");
    String classes = kind == DetectorKind.SUPERVISED ? outputs.text("classes") : "";
    outputs.end();
    return new ModelDescriptor.Outputs(score, classes);
  }

  private static List<AttackClass> classes(StrictObject root, DetectorKind kind)
      throws ModelException {
    if (kind == DetectorKind.UNSUPERVISED && !root.has("classes")) {
      return List.of();
    }
    List<AttackClass> classes = new ArrayList<>();
    for (StrictObject item : root.objects("classes")) {
      String name = item.text("name");
      classes.add(new AttackClass(name, item.optionalText("technique")));
      item.end();
      if (name.equals("benign")) {
        throw item.wrong("name", "be an attack: benign is not among the classes");
      }
    }
    if (classes.isEmpty() == (kind == DetectorKind.SUPERVISED)) {
      throw root.wrong(
          "classes",
          kind == DetectorKind.SUPERVISED
              ? "list the attack classes of a supervised model"
              : "be empty for an unsupervised model");
    }
    if (classes.stream().map(AttackClass::name).distinct().count() != classes.size()) {
      throw root.wrong("classes", "name every class once");
    }
    return classes;
  }

  private static Map<String, float[]> typical(StrictObject root, List<ModelDescriptor.Input> inputs)
      throws ModelException {
    if (!root.has("typical")) {
      return Map.of();
    }
    Map<String, float[]> typical = root.object("typical").floatsByName();
    for (Map.Entry<String, float[]> medians : typical.entrySet()) {
      boolean fits =
          inputs.stream()
              .anyMatch(
                  input ->
                      input.view().equals(medians.getKey())
                          && input.shape().size() == 1
                          && input.columns().size() == medians.getValue().length);
      if (!fits) {
        throw root.wrong(
            "typical." + medians.getKey(), "hold one number per column of a flat input view");
      }
    }
    return typical;
  }

  private static FlowSettings flows(StrictObject flows) throws ModelException {
    FlowSettings settings =
        new FlowSettings(
            seconds(flows, "idleTimeout"),
            seconds(flows, "activeTimeout"),
            seconds(flows, "activityTimeout"),
            flows.integers("checkpointPackets", 1),
            seconds(flows, "checkpointInterval"),
            FlowSettings.DEFAULT.maxFlows());
    flows.end();
    return settings;
  }

  private static Duration seconds(StrictObject flows, String key) throws ModelException {
    double seconds = flows.number(key);
    if (!(seconds > 0)) {
      throw flows.wrong(key, "be more than 0 seconds");
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
