package io.caracal.engine.onnx.internal;

import io.caracal.api.plugin.Settings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The setting {@code engine.device}.
 *
 * @param cuda whether to try CUDA at all
 * @param asked whether the operator asked for it, so that its absence is worth a warning
 * @param index number of the CUDA device
 */
record DeviceSetting(boolean cuda, boolean asked, int index) {
  private static final String KEY = "engine.device";
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  static DeviceSetting of(Settings settings) {
    String text = settings.text(KEY, "auto");
    Matcher cuda = CUDA.matcher(text);
    if (cuda.matches()) {
      return new DeviceSetting(
          true, true, cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
    }
    return switch (text) {
      case "auto" -> new DeviceSetting(true, false, 0);
      case "cpu" -> new DeviceSetting(false, false, 0);
      default ->
          throw new IllegalArgumentException(
              "the setting engine.device is '"
                  + text
                  + "' but must be auto, cpu or cuda:N; see docs/configuration.md");
    };
  }
}
