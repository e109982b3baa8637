package io.caracal.core.internal.command;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.core.internal.command.CaptureReader.Outcome;
import io.caracal.core.internal.evidence.Evidence;
import io.caracal.core.internal.lane.Lane;
import io.caracal.core.internal.rows.FlowOutput;
import io.caracal.core.internal.rows.ViewCsv;
import io.caracal.core.internal.rows.ViewRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes the views of captures as a table, by the code that feeds the detectors. Options: {@code
 * captures}, {@code follow}, {@code view} (one or several names), {@code file}, {@code format}
 * ({@code csv} or {@code rows}), {@code checkpoints}, {@code progress}. As a {@link Runnable}
 * service of the same name it is the stop signal.
 */
@Component(
    service = {ToIntFunction.class, Runnable.class},
    property = Command.NAME + "=flows")
public final class FlowsCommand extends Command implements Runnable {
  private static final int ROWS = 256;

  private final Parts parts;
  private final Stop stop = new Stop();

  /** An export over the installed parts. */
  @Activate
  public FlowsCommand(@Reference Parts parts) {
    this.parts = parts;
  }

  @Override
  public void run() {
    stop.run();
  }

  @Override
  int run(Options options) throws IOException {
    return stop.whileRunning(() -> export(options));
  }

  private int export(Options options) throws IOException {
    FlowSettings flows = parts.flowSettings();
    List<View> views = options.texts("view").stream().map(this::view).toList();
    Path file = options.path("file").orElseThrow(() -> new Failure("--out names no file"));
    boolean checkpoints = options.flag("checkpoints");
    Progress progress = new Progress(options.text("progress", "none"), System.err);
    FlowBatch batch = new FlowBatch(ROWS, views);
    long[] records = new long[1];
    List<Outcome> outcomes;
    try (FlowOutput output = output(options, prepare(file), views, flows)) {
      Lane lane =
          new Lane(
              parts.decoders,
              parts.tables,
              flows,
              record -> {
                if (checkpoints || record.reason() != EndReason.CHECKPOINT) {
                  batch.add(record);
                  records[0]++;
                  if (batch.full()) {
                    write(output, batch);
                  }
                }
              },
              Evidence.NONE,
              now -> {});
      Runnable flush =
          () -> {
            lane.flush();
            lane.restartClock();
          };
      CaptureReader reader = new CaptureReader(parts, lane, flows.idleTimeout(), flush, stop);
      outcomes =
          reader.read(
              options.texts("captures"),
              options.flag("follow"),
              (capture, share) -> progress.show("flows", share, lane.packets(), records[0], 0));
      flush.run();
      write(output, batch);
      progress.clear();
      System.out.printf(
          Locale.ROOT, "%,d records of %,d packets in %s%n", records[0], lane.packets(), file);
    } catch (UncheckedIOException e) {
      throw new Failure(
          file + " cannot be written: " + e.getMessage() + "; choose another place", e);
    }
    outcomes.stream()
        .flatMap(o -> o.notices().stream())
        .forEach(n -> System.out.println("note: " + n));
    Optional<Outcome> failed = outcomes.stream().filter(o -> !o.failure().isEmpty()).findFirst();
    failed.ifPresent(outcome -> System.err.println("caracal: " + outcome.failure()));
    return failed.isPresent() ? 1 : 0;
  }

  private View view(String name) {
    return parts.views().stream()
        .filter(view -> view.description().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    "there is no view '"
                        + name
                        + "'; installed are "
                        + parts.views().stream().map(view -> view.description().name()).toList()));
  }

  private static FlowOutput output(Options options, Path file, List<View> views, FlowSettings flows)
      throws IOException {
    return options.text("format", "csv").equals("rows")
        ? new ViewRows(file, views, flows)
        : new ViewCsv(file, views);
  }

  private static void write(FlowOutput output, FlowBatch batch) {
    try {
      output.write(batch);
      batch.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
