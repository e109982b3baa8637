package io.caracal.core.internal.flowlog;

import io.caracal.api.flow.FlowOutput.Format;
import io.caracal.api.flow.View;
import io.caracal.api.plugin.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the operator set for the flow log.
 *
 * @param folder where the files go
 * @param format how they are written
 * @param views what they hold
 * @param rotate how long a file takes flows
 * @param maxBytes most bytes of files that are kept, 0 for all
 */
public record LogSettings(
    Path folder, Format format, List<View> views, Duration rotate, long maxBytes) {

  /**
   * The settings; empty if no log was asked for.
   *
   * @throws IllegalArgumentException with a sentence if they do not fit what is installed
   */
  public static Optional<LogSettings> of(
      Settings settings, List<Format> formats, List<View> installed) {
    String folder = settings.text("flowlog.path", "");
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Format format = format(settings.text("flowlog.format", "parquet"), formats);
    String names = settings.text("flowlog.views", "");
    List<View> chosen =
        names.isEmpty()
            ? List.of()
            : Arrays.stream(names.split(",", -1)).map(name -> view(name, installed)).toList();
    List<View> views = new ArrayList<>(format.views(chosen, installed));
    if (!views.isEmpty()) {
      views.add(Judgement.VIEW);
    }
    return Optional.of(
        new LogSettings(
            Path.of(folder),
            format,
            List.copyOf(views),
            settings.seconds("flowlog.rotate", Duration.ofHours(1)),
            (long) settings.number("flowlog.max-bytes", 10e9)));
  }

  /** The views that lanes have to compute for it. */
  public List<View> computed() {
    return views.stream().filter(view -> view != Judgement.VIEW).toList();
  }

  /** When the period begins that a time is in. */
  long periodOf(long nanos) {
    return Math.floorDiv(nanos, rotate.toNanos()) * rotate.toNanos();
  }

  private static Format format(String name, List<Format> formats) {
    List<Format> files = formats.stream().filter(f -> !f.extension().isEmpty()).toList();
    return files.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> wrong("flowlog.format", name, files.stream().map(Format::name).toList()));
  }

  private static View view(String name, List<View> installed) {
    return installed.stream()
        .filter(view -> view.description().name().equals(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "flowlog.views",
                    name,
                    installed.stream().map(view -> view.description().name()).toList()));
  }

  private static IllegalArgumentException wrong(String key, String value, List<String> installed) {
    return new IllegalArgumentException(
        "the setting " + key + " names '" + value + "', but installed are " + installed);
  }
}
