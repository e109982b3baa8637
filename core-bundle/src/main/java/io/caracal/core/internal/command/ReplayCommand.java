package io.caracal.core.internal.command;

import io.caracal.api.flow.FlowSettings;
import io.caracal.core.internal.command.CaptureReader.Outcome;
import io.caracal.core.internal.lane.Budget;
import io.caracal.core.internal.lane.Lanes;
import io.caracal.core.internal.lane.ScoredBatch;
import io.caracal.core.internal.lane.Session;
import io.caracal.core.internal.rows.ScoreRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the sensor on captures. Options: {@code captures} (list of paths), {@code follow} (whether
 * they are still being written), {@code out} (folder for summary.json), {@code rows} (file for the
 * scores), {@code progress}. As a {@link Runnable} service of the same name it is the stop signal,
 * and returns when everything is flushed.
 */
@Component(
    service = {ToIntFunction.class, Runnable.class},
    property = Command.NAME + "=replay")
public final class ReplayCommand extends Command implements Runnable {
  private final Parts parts;
  private final Stop stop = new Stop();

  /** A replay over the installed parts. */
  @Activate
  public ReplayCommand(@Reference Parts parts) {
    this.parts = parts;
  }

  @Override
  public void run() {
    stop.run();
  }

  @Override
  int run(Options options) throws IOException {
    return stop.whileRunning(() -> start(options));
  }

  private int start(Options options) throws IOException {
    parts.requireSinks();
    FlowSettings flows = parts.flowSettings();
    Optional<Path> rows = options.path("rows");
    if (rows.isEmpty()) {
      return replay(options, flows, (scored, row) -> {});
    }
    Budget budget = Budget.of(parts.settings);
    double threshold = parts.ensembles.current().map(budget::threshold).orElse(1.0);
    try (ScoreRows table =
        new ScoreRows(prepare(rows.get()), parts.detectors.scoring(), threshold, flows)) {
      return replay(options, flows, table);
    }
  }

  private int replay(Options options, FlowSettings flows, ScoredBatch.Listener observer)
      throws IOException {
    Progress progress = new Progress(options.text("progress", "none"), System.err);
    long start = System.nanoTime();
    List<Outcome> outcomes;
    Session session =
        new Session(
            parts.sensor(flows),
            parts.settings.integer("replay.lanes", 1),
            Lanes.Feed.WHOLE,
            observer);
    try (session) {
      LaneReaders readers = new LaneReaders(parts, session.lanes(), flows.idleTimeout(), stop);
      outcomes =
          readers.read(
              options.texts("captures"),
              options.flag("follow"),
              (share, packets) -> {
                session.source(readers.counters());
                progress.show("replay", share, packets, session.flows(), session.detections());
              });
      session.source(readers.counters());
      progress.clear();
    }
    return report(options, session, outcomes, (System.nanoTime() - start) / 1e9);
  }

  private static int report(
      Options options, Session session, List<Outcome> outcomes, double seconds) throws IOException {
    List<String> failures =
        outcomes.stream().map(Outcome::failure).filter(f -> !f.isEmpty()).toList();
    Summary summary =
        Summary.of(
            session,
            outcomes.stream().map(Outcome::capture).toList(),
            seconds,
            outcomes.stream().flatMap(outcome -> outcome.notices().stream()).toList(),
            failures);
    Optional<Path> out = options.path("out");
    if (out.isPresent()) {
      summary.write(prepare(out.get().resolve("summary.json")));
    }
    if (failures.size() < outcomes.size()) {
      summary.print(System.out);
    }
    failures.forEach(failure -> System.err.println("caracal: " + failure));
    return failures.isEmpty() ? 0 : 1;
  }
}
