package io.caracal.core.internal.command;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.core.internal.command.CaptureReader.Outcome;
import io.caracal.core.internal.evidence.Evidence;
import io.caracal.core.internal.lane.Lane;
import io.caracal.core.internal.lane.Share;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes the flows of captures and their views, by the code that feeds the detectors. Options:
 * {@code captures}, {@code follow}, {@code view} (names; none for the format's own choice), {@code
 * file} with {@code format} (empty for what the file's name ends with), or {@code to}, {@code
 * checkpoints}, {@code progress}. As a {@link Runnable} service of the same name it is the stop
 * signal.
 */
@Component(
    service = {ToIntFunction.class, Runnable.class},
    property = Command.NAME + "=flows")
public final class FlowsCommand extends Command implements Runnable {
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
    Destination destination = Destination.of(options, parts.formats(), parts.views());
    Progress progress = new Progress(options.text("progress", "none"), System.err);
    List<Outcome> outcomes;
    try (FlowOutput output = destination.open(flows)) {
      FlowExport export = new FlowExport(output, destination.views(), options.flag("checkpoints"));
      Lane lane =
          new Lane(
              parts.decoders, parts.tables, flows, export, Share.ALL, Evidence.NONE, now -> {});
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
              (capture, share) ->
                  progress.show("flows", share, lane.packets(), export.records(), 0));
      flush.run();
      export.write();
      progress.clear();
      System.out.printf(
          Locale.ROOT,
          "%,d records of %,d packets in %s%n",
          export.records(),
          lane.packets(),
          destination.place());
    } catch (UncheckedIOException e) {
      throw destination.notWritten(e.getCause());
    }
    outcomes.stream()
        .flatMap(o -> o.notices().stream())
        .forEach(n -> System.out.println("note: " + n));
    Optional<Outcome> failed = outcomes.stream().filter(o -> !o.failure().isEmpty()).findFirst();
    failed.ifPresent(outcome -> System.err.println("caracal: " + outcome.failure()));
    return failed.isPresent() ? 1 : 0;
  }
}
