package io.caracal.core.internal.command;

import io.caracal.api.flow.FlowSettings;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.core.internal.lane.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sensor on a live interface until it is stopped. Options: {@code interface}, {@code
 * filter}, {@code out}, {@code progress}. As a {@link Runnable} service of the same name it is the
 * stop signal, and returns when everything is flushed.
 */
@Component(
    service = {ToIntFunction.class, Runnable.class},
    property = Command.NAME + "=run")
public final class RunCommand extends Command implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
  private static final int POLL = 4096;
  private static final int WAIT_MILLIS = 100;
  private static final int DELAY_MILLIS = 20;

  private final Parts parts;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean started;
  private volatile boolean stopping;

  /** A live run over the installed parts. */
  @Activate
  public RunCommand(@Reference Parts parts) {
    this.parts = parts;
  }

  @Override
  public void run() {
    stopping = true;
    if (started) {
      try {
        finished.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  int run(Options options) throws IOException {
    started = true;
    try {
      return capture(options);
    } finally {
      finished.countDown();
    }
  }

  private int capture(Options options) throws IOException {
    parts.requireSinks();
    FlowSettings flows = parts.flowSettings();
    String name = options.text("interface", "");
    SourceRequest request =
        SourceRequest.live(
            name,
            options.text("filter", ""),
            parts.settings.integer("capture.snapshot-length", 262_144),
            parts.settings.integer("capture.buffer-bytes", 64 << 20),
            DELAY_MILLIS,
            true);
    Progress progress = new Progress(options.text("progress", "none"), System.err);
    long start = System.nanoTime();
    String failure = "";
    List<String> notices;
    Session session;
    try (PacketInput input = parts.open(request)) {
      session =
          new Session(
              parts.settings,
              flows,
              parts.decoders,
              parts.tables,
              parts.views(),
              parts.detectors,
              parts.ensembles,
              parts.sinks(),
              false,
              scored -> {});
      try (session) {
        LOG.info(
            "listening on {}{}",
            name,
            request.filter().isEmpty() ? "" : " for " + request.filter());
        failure = listen(input, session, progress);
        session.source(input.counters());
        notices = input.notices();
      }
    }
    Summary summary =
        Summary.of(
            session,
            List.of(name),
            (System.nanoTime() - start) / 1e9,
            notices,
            failure.isEmpty() ? List.of() : List.of(failure));
    Optional<Path> out = options.path("out");
    if (out.isPresent()) {
      summary.write(prepare(out.get().resolve("summary.json")));
    }
    summary.print(System.out);
    if (!failure.isEmpty()) {
      System.err.println("caracal: " + failure);
    }
    return failure.isEmpty() ? 0 : 1;
  }

  private String listen(PacketInput input, Session session, Progress progress) {
    try {
      int frames = 0;
      while (!stopping && frames != PacketInput.END) {
        frames = input.poll(session.lane(), POLL, WAIT_MILLIS);
        if (frames < POLL) {
          session.source(input.counters());
          session.lane().advance(wallClock());
        }
        progress.show("live", -1, session.lane().packets(), session.flows(), session.detections());
      }
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } finally {
      progress.clear();
    }
  }

  private static long wallClock() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
