package io.caracal.testkit;

import io.caracal.api.flow.View;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A complete, working model bundle around {@link TinyOnnx#distance}, to be deployed as it is or
 * with one thing broken. It reads {@link #VIEW}; its score is {@code scale} times the sum of the
 * absolute values of three columns.
 */
public final class TinyModelBundle {
  /** The view {@code tiny} 1.0 with the columns c0, c1, c2. */
  public static final View VIEW = RowView.of("tiny", 3);

  /** What resolves the bundle: set it as {@code org.osgi.framework.system.capabilities.extra}. */
  public static final String VIEW_CAPABILITY = "io.caracal.view;name=tiny;version:Version=1.0";

  private static final int GOLDEN_ROWS = 8;

  private TinyModelBundle() {}

  /** The bundle {@code test.model.ID}. */
  public static ModelBundleJar distance(String id, String version, float scale) {
    byte[] model = TinyOnnx.distance(3, scale).toByteArray();
    return ModelBundleJar.of("test.model." + id, version, "onnx", "tiny", 1)
        .with("model.json", descriptor(id, version, model))
        .with("model.onnx", model)
        .with("golden.json", golden(scale));
  }

  /** The text of {@code caracal/model.json}. */
  public static String descriptor(String id, String version, byte[] model) {
    return """
    {
      "format": 1, "id": "%s", "version": "%s", "family": "sum of magnitudes",
      "kind": "unsupervised", "model": "model.onnx", "sha256": "%s",
      "inputs": [{"name": "input", "view": "tiny", "version": "1.0", "shape": [3],
                  "columns": ["c0", "c1", "c2"]}],
      "outputs": {"score": "score"},
      "minimumPackets": 2, "threshold": 4.5, "typical": {"tiny": [1, 2, 3]},
      "flows": {"idleTimeout": 120, "activeTimeout": 1800, "activityTimeout": 5,
                "checkpointPackets": [8, 32], "checkpointInterval": 30},
      "training": {}, "metrics": {}
    }
    """
        .formatted(id, version, sha256(model));
  }

  /** The text of {@code caracal/golden.json}; the last row has too few packets. */
  public static String golden(float scale) {
    return IntStream.range(0, GOLDEN_ROWS)
        .mapToObj(
            row ->
                String.format(
                    Locale.ROOT,
                    "{\"inputs\": {\"tiny\": [%d, -1, 0.5]}, \"packets\": %d, \"score\": %s}",
                    row,
                    row == GOLDEN_ROWS - 1 ? 1 : 5,
                    row == GOLDEN_ROWS - 1 ? "null" : Float.toString(scale * (row + 1.5f))))
        .collect(Collectors.joining(",\n", "{\"tolerance\": 1e-4, \"rows\": [\n", "]}"));
  }

  /** The views of the bundle. */
  public static List<View> views() {
    return List.of(VIEW);
  }

  /** A hash as {@code model.json} writes it. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
