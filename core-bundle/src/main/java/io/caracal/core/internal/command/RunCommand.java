package io.caracal.core.internal.command;

import io.caracal.api.packet.SourceRequest;
import io.caracal.api.plugin.SensorCounters;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.capture.CaptureSettings;
import io.caracal.core.internal.capture.InterfaceName;
import io.caracal.core.internal.capture.LiveCapture;
import io.caracal.core.internal.lane.Lanes;
import io.caracal.core.internal.lane.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the sensor on live interfaces until it is stopped. Options: {@code interfaces} (list of
 * {@code INTERFACE} or {@code SOURCE::INTERFACE}), {@code filter}, {@code out}, {@code progress}.
 * As a {@link Runnable} service of the same name it is the stop signal, and returns when everything
 * is flushed.
 */
@Component(
    service = {ToIntFunction.class, Runnable.class},
    property = Command.NAME + "=run")
public final class RunCommand extends Command implements Runnable {
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
    Settings settings = parts.settings;
    CaptureSettings captureSettings = CaptureSettings.of(settings);
    Map<InterfaceName, SourceRequest> requests = LiveRequests.of(options, settings);
    long start = System.nanoTime();
    try (LiveCapture capture = LiveCapture.open(requests, captureSettings, parts.sources)) {
      Optional<String> failure;
      Session session =
          new Session(
              parts.sensor(parts.flowSettings()),
              captureSettings.lanes(),
              Lanes.Feed.SPLIT,
              (scored, row) -> {});
      try (session) {
        session.source(capture::counters);
        ServiceRegistration<SensorCounters> counters = parts.publish(session::counters);
        Progress progress = new Progress(options.text("progress", "none"), System.err);
        failure = capture.run(session.lanes(), () -> stopping, () -> show(progress, session));
        progress.clear();
        counters.unregister();
      }
      Summary summary =
          Summary.of(
              session,
              requests.keySet().stream().map(InterfaceName::name).toList(),
              (System.nanoTime() - start) / 1e9,
              Stream.concat(capture.notices().stream(), session.notices().stream()).toList(),
              failure.stream().toList());
      Optional<Path> out = options.path("out");
      if (out.isPresent()) {
        summary.write(prepare(out.get().resolve("summary.json")));
      }
      summary.print(System.out);
      failure.ifPresent(reason -> System.err.println("caracal: " + reason));
      return failure.isEmpty() ? 0 : 1;
    }
  }

  private static void show(Progress progress, Session session) {
    long packets = session.lanes().counters().getOrDefault("decoder.packets", 0L);
    progress.show("live", -1, packets, session.flows(), session.detections());
  }
}
