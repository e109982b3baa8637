package io.caracal.core.internal.command;

import io.caracal.api.flow.FlowSettings;
import io.caracal.core.internal.command.CaptureReader.Outcome;
import io.caracal.core.internal.ensemble.GuardedEnsemble;
import io.caracal.core.internal.lane.Budget;
import io.caracal.core.internal.lane.Lanes;
import io.caracal.core.internal.lane.ScoredBatch;
import io.caracal.core.internal.lane.Session;
import io.caracal.core.internal.rows.ScoreRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the sensor on captures. Options: {@code captures} (list of paths), {@code follow} (whether
 * they are still being written), {@code out} (folder for summary.json), {@code rows} (file for the
 * scores), {@code separately} (every capture is a run of its own and {@code rows} a folder), {@code
 * progress}. As a {@link Runnable} service of the same name it is the stop signal, and returns when
 * everything is flushed.
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
    if (options.flag("separately")) {
      return separately(options.texts("captures"), flows, rows.get());
    }
    try (ScoreRows table = table(rows.get(), flows)) {
      return replay(options, flows, table);
    }
  }

  private ScoreRows table(Path file, FlowSettings flows) throws IOException {
    Budget budget = Budget.of(parts.settings);
    Optional<GuardedEnsemble> ensemble = parts.ensembles.current();
    return new ScoreRows(
        prepare(file),
        parts.panels().current().detectors(),
        ensemble.map(e -> e.description().classes()).orElse(List.of()),
        ensemble.map(budget::threshold).orElse(1.0),
        flows);
  }

  /**
   * Nothing that one capture leaves in the flow table or in the views that look around is seen by
   * the next. Tables are named by the capture's place in the list, from 0 on; a capture that cannot
   * be read has none. There are no events: the destinations would not know where one ends.
   */
  private int separately(List<String> captures, FlowSettings flows, Path folder)
      throws IOException {
    int unread = 0;
    for (int i = 0; i < captures.size() && !stop.asked(); i++) {
      Path file = folder.resolve(i + ".rows");
      Outcome outcome;
      try (ScoreRows table = table(file, flows);
          Session session = new Session(parts.silent(flows), 1, Lanes.Feed.WHOLE, table)) {
        LaneReaders readers = new LaneReaders(parts, session.lanes(), flows.idleTimeout(), stop);
        outcome = readers.read(List.of(captures.get(i)), false, (share, packets) -> {}).getFirst();
      }
      if (!outcome.failure().isEmpty()) {
        System.err.println("caracal: " + outcome.failure());
        Files.delete(file);
        unread++;
      }
    }
    return unread == 0 ? 0 : 1;
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
            Stream.concat(
                    outcomes.stream().flatMap(outcome -> outcome.notices().stream()),
                    session.notices().stream())
                .toList(),
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
