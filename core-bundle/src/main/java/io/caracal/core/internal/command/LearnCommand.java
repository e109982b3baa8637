package io.caracal.core.internal.command;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.plugin.PluginSigner;
import io.caracal.core.internal.capture.CaptureSettings;
import io.caracal.core.internal.capture.LiveCapture;
import io.caracal.core.internal.command.CaptureReader.Outcome;
import io.caracal.core.internal.lane.Lanes;
import io.caracal.core.internal.lane.Session;
import io.caracal.core.internal.site.Learner;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Learns what is normal on this network and writes a site profile. Options: {@code captures} and
 * {@code follow}, or {@code interfaces} and {@code filter}; {@code seconds} (text, how long to
 * learn from interfaces), {@code out} (folder), {@code benign} (addresses of hosts that are vouched
 * for), {@code attested} (whether all are), {@code progress}. As a {@link Runnable} service of the
 * same name it is the stop signal, after which what was learnt so far is written if it suffices.
 */
@Component(
    service = {ToIntFunction.class, Runnable.class},
    property = Command.NAME + "=learn")
public final class LearnCommand extends Command implements Runnable {
  private final Parts parts;
  private final BundleContext context;
  private final PluginSigner signer;
  private final Stop stop = new Stop();

  /** Learning over the installed parts. */
  @Activate
  public LearnCommand(
      BundleContext context, @Reference Parts parts, @Reference PluginSigner signer) {
    this.context = context;
    this.parts = parts;
    this.signer = signer;
  }

  @Override
  public void run() {
    stop.run();
  }

  @Override
  int run(Options options) throws IOException {
    return stop.whileRunning(() -> learn(options));
  }

  private int learn(Options options) throws IOException {
    Bundle bundle = ensemble();
    Learner learner =
        new Learner(new LinkedHashSet<>(options.texts("benign")), options.flag("attested"));
    Progress progress = new Progress(options.text("progress", "none"), System.err);
    List<String> failures =
        options.texts("interfaces").isEmpty()
            ? read(options, learner, progress)
            : capture(options, learner, progress);
    progress.clear();
    failures.forEach(failure -> System.err.println("caracal: " + failure));
    ProfileWriting writing = new ProfileWriting(parts.settings, bundle, signer);
    writing.write(learner.lesson(), inputs(options), options.path("out"));
    return failures.isEmpty() ? 0 : 1;
  }

  private Bundle ensemble() {
    Ensemble current =
        parts
            .ensembles
            .current()
            .orElseThrow(
                () -> new Failure("no ensemble is installed that could be recalibrated; add one"));
    Bundle bundle = context.getBundle(parts.ensembles.currentBundle().orElse(-1));
    if (bundle == null || bundle.getEntry(ProfileWriting.ENTRY) == null) {
      throw new Failure(
          "the ensemble "
              + current.description().id()
              + " has no "
              + ProfileWriting.ENTRY
              + " that could be recalibrated; use one that has");
    }
    return bundle;
  }

  private static List<String> inputs(Options options) {
    Set<String> inputs = new LinkedHashSet<>(options.texts("captures"));
    inputs.addAll(options.texts("interfaces"));
    return List.copyOf(inputs);
  }

  private List<String> read(Options options, Learner learner, Progress progress) {
    FlowSettings flows = parts.flowSettings();
    int lanes = parts.settings.integer("replay.lanes", 1);
    try (Session session = new Session(parts.attentive(flows), lanes, Lanes.Feed.WHOLE, learner)) {
      LaneReaders readers = new LaneReaders(parts, session.lanes(), flows.idleTimeout(), stop);
      List<Outcome> outcomes =
          readers.read(
              options.texts("captures"),
              options.flag("follow"),
              (share, packets) ->
                  progress.show("learn", share, packets, learner.flows(), session.detections()));
      return outcomes.stream().map(Outcome::failure).filter(f -> !f.isEmpty()).toList();
    }
  }

  private List<String> capture(Options options, Learner learner, Progress progress)
      throws IOException {
    CaptureSettings settings = CaptureSettings.of(parts.settings);
    Duration length = Duration.ofSeconds(Long.parseLong(options.text("seconds", "86400")));
    long begun = System.nanoTime();
    Optional<String> failure;
    try (LiveCapture capture =
            LiveCapture.open(LiveRequests.of(options, parts.settings), settings, parts.sources);
        Session session =
            new Session(
                parts.attentive(parts.flowSettings()),
                settings.lanes(),
                Lanes.Feed.SPLIT,
                learner)) {
      failure =
          capture.run(
              session.lanes(),
              () -> stop.asked() || System.nanoTime() - begun >= length.toNanos(),
              () ->
                  progress.show(
                      "learn",
                      (double) (System.nanoTime() - begun) / length.toNanos(),
                      session.lanes().counters().getOrDefault("decoder.packets", 0L),
                      learner.flows(),
                      session.detections()));
    }
    return failure.stream().toList();
  }
}
