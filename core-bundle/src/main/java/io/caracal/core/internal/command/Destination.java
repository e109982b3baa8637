package io.caracal.core.internal.command;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowOutput.Format;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.core.internal.command.Command.Options;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where {@code flows} writes and how: {@code --out FILE} with {@code --format}, or {@code --to
 * NAME://HOST:PORT}.
 *
 * @param format the format
 * @param place path of the file, or the collector
 * @param views what batches carry
 */
record Destination(Format format, String place, List<View> views) {
  private static final String OTHERWISE = "csv";

  /** What the operator asked for, in terms of what is installed. */
  static Destination of(Options options, List<Format> formats, List<View> installed) {
    String to = options.text("to", "");
    String place = to.isEmpty() ? options.text("file", "") : to;
    Format format = to.isEmpty() ? fileFormat(options, place, formats) : remote(to, formats);
    List<View> chosen =
        options.texts("view").stream().map(name -> view(name, installed)).distinct().toList();
    Destination destination = new Destination(format, place, format.views(chosen, installed));
    if (options.flag("checkpoints") && !format.marksCheckpoints(destination.views)) {
      throw new Failure(
          "this kind of "
              + format.name()
              + " cannot tell a checkpoint from the end of a flow; leave --checkpoints out or take"
              + " another format, for example jsonl");
    }
    return destination;
  }

  FlowOutput open(FlowSettings flows) throws IOException {
    try {
      return format.open(
          format.extension().isEmpty() ? place : Command.prepare(Path.of(place)).toString(),
          views,
          flows);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  /** The sentence for what went wrong while writing. */
  Failure notWritten(IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException missing -> "there is no such place";
          case AccessDeniedException denied -> "permission denied";
          default -> e.getMessage();
        };
    return new Failure(place + " cannot be written: " + reason + "; choose another", e);
  }

  private static Format fileFormat(Options options, String place, List<Format> formats) {
    String name = options.text("format", "");
    if (name.isEmpty()) {
      return formats.stream()
          .filter(format -> !format.extension().isEmpty())
          .filter(format -> place.endsWith("." + format.extension()))
          .findFirst()
          .orElseGet(() -> named(OTHERWISE, formats, "format"));
    }
    Format format = named(name, formats, "format");
    if (format.extension().isEmpty()) {
      throw new Failure(name + " goes to a collector: --to " + name + "://HOST:PORT, not --out");
    }
    return format;
  }

  private static Format remote(String to, List<Format> formats) {
    int end = to.indexOf("://");
    String name = end < 0 ? to : to.substring(0, end);
    return named(
        name.replaceFirst("\\+.*", ""),
        formats.stream().filter(format -> format.extension().isEmpty()).toList(),
        "collector");
  }

  private static Format named(String name, List<Format> formats, String kind) {
    return pick(formats, format -> format.name().equals(name))
        .orElseThrow(
            () ->
                new Failure(
                    "there is no "
                        + kind
                        + " '"
                        + name
                        + "'; installed are "
                        + formats.stream().map(Format::name).toList()));
  }

  private static View view(String name, List<View> installed) {
    return pick(installed, view -> view.description().name().equals(name))
        .orElseThrow(
            () ->
                new Failure(
                    "there is no view '"
                        + name
                        + "'; installed are "
                        + installed.stream().map(view -> view.description().name()).toList()));
  }

  private static <T> Optional<T> pick(List<T> all, Predicate<T> wanted) {
    return all.stream().filter(wanted).findFirst();
  }
}
