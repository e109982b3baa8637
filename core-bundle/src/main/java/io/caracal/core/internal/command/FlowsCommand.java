package io.caracal.core.internal.command;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.core.internal.capture.CaptureSettings;
import io.caracal.core.internal.capture.LiveCapture;
import io.caracal.core.internal.command.CaptureReader.Outcome;
import io.caracal.core.internal.lane.Lanes;
import io.caracal.core.internal.lane.Wiring;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes the flows of captures or interfaces and their views, by the code that feeds the detectors.
 * Options: {@code captures} and {@code follow}, or {@code interfaces} and {@code filter}; {@code
 * view} (names; none for the format's own choice), {@code file} with {@code format} (empty for what
 * the file's name ends with), or {@code to}; {@code checkpoints}, {@code progress}. As a {@link
 * Runnable} service of the same name it is the stop signal.
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
    boolean live = !options.texts("interfaces").isEmpty();
    Destination destination = Destination.of(options, parts.formats(), parts.views());
    Progress progress = new Progress(options.text("progress", "none"), System.err);
    try (FlowOutput output = destination.open(flows)) {
      FlowExport export =
          new FlowExport(output, destination.views(), options.flag("checkpoints"), live, stop);
      Wiring wiring = parts.wiring(flows, destination.views());
      Result result =
          live
              ? capture(options, wiring, export, progress)
              : read(options, wiring, export, progress);
      progress.clear();
      export
          .failure()
          .ifPresent(
              e -> {
                throw destination.notWritten(e);
              });
      System.out.printf(
          Locale.ROOT,
          "%,d records of %,d packets in %s%n",
          export.records(),
          result.packets,
          destination.place());
      result.notices.forEach(notice -> System.out.println("note: " + notice));
      result.failure.ifPresent(failure -> System.err.println("caracal: " + failure));
      return result.failure.isPresent() ? 1 : 0;
    }
  }

  private Result read(Options options, Wiring wiring, FlowExport export, Progress progress) {
    int lanes = parts.settings.integer("replay.lanes", 1);
    try (Lanes work = Lanes.ofViews(wiring, lanes, Lanes.Feed.WHOLE, export)) {
      LaneReaders readers = new LaneReaders(parts, work, wiring.flows().idleTimeout(), stop);
      List<Outcome> outcomes =
          readers.read(
              options.texts("captures"),
              options.flag("follow"),
              (share, packets) -> progress.show("flows", share, packets, export.records(), 0));
      return new Result(
          packets(work),
          outcomes.stream().flatMap(outcome -> outcome.notices().stream()).toList(),
          outcomes.stream().map(Outcome::failure).filter(f -> !f.isEmpty()).findFirst());
    }
  }

  private Result capture(Options options, Wiring wiring, FlowExport export, Progress progress)
      throws IOException {
    CaptureSettings settings = CaptureSettings.of(parts.settings);
    try (LiveCapture capture =
            LiveCapture.open(LiveRequests.of(options, parts.settings), settings, parts.sources);
        Lanes work = Lanes.ofViews(wiring, settings.lanes(), Lanes.Feed.SPLIT, export)) {
      Optional<String> failure =
          capture.run(
              work,
              stop::asked,
              () -> progress.show("live", -1, packets(work), export.records(), 0));
      return new Result(packets(work), capture.notices(), failure);
    }
  }

  private static long packets(Lanes lanes) {
    return lanes.counters().getOrDefault("decoder.packets", 0L);
  }

  /** What became of the packets. */
  private record Result(long packets, List<String> notices, Optional<String> failure) {}
}
