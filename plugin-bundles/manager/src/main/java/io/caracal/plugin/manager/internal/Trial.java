package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.SensorCounters;
import io.caracal.api.plugin.Settings;
import io.caracal.api.plugin.ShadowReport;
import io.caracal.api.plugin.ShadowTrials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The trial on live flows before a detector or an ensemble is promoted, where {@code
 * plugins.shadow} requires one and a sensor is at work.
 */
@Component(service = Trial.class)
public final class Trial {
  private static final long LOOK_MILLIS = 50;
  private static final List<String> TRIED =
      List.of("io.caracal.api.detect.Detector", "io.caracal.api.detect.Ensemble");

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<ShadowTrials> trials = new CopyOnWriteArrayList<>();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<SensorCounters> atWork = new CopyOnWriteArrayList<>();

  private final boolean required;
  private final long flows;
  private final Duration longest;

  /** A trial as the settings want it. */
  @Activate
  public Trial(BundleContext context) {
    Settings settings = new Settings(context::getProperty);
    required = settings.text("plugins.shadow", "off").equals("required");
    flows = settings.integer("plugins.shadow-flows", 10_000);
    longest = settings.seconds("plugins.shadow-time", Duration.ofMinutes(10));
  }

  /** Whether a plugin has to be tried before it is promoted. */
  boolean wanted(Plugin plugin, Request request) {
    return required
        && request.shadow()
        && !atWork.isEmpty()
        && Bundles.services(plugin.bundle()).stream().anyMatch(TRIED::contains);
  }

  /**
   * Tries a plugin until it has scored enough flows.
   *
   * @return what came of it, empty if nobody can try it
   * @throws Refusal if it failed, or saw too few flows within the time that it is given
   */
  Optional<ShadowReport> run(Plugin plugin) throws Refusal {
    Optional<ShadowTrials> host = trials.stream().findFirst();
    if (host.isEmpty()) {
      return Optional.empty();
    }
    long deadline = System.nanoTime() + longest.toNanos();
    try (ShadowTrials.Trial trial = host.get().begin(plugin.id())) {
      ShadowReport report = trial.report();
      while (report.rows() < flows && report.failures() == 0) {
        if (System.nanoTime() - deadline > 0) {
          throw new Refusal(
              plugin.jar().title()
                  + " is not promoted: its trial saw "
                  + report.rows()
                  + " of the "
                  + flows
                  + " flows that plugins.shadow-flows wants within plugins.shadow-time; lower the"
                  + " one, raise the other, or install it without a trial");
        }
        Thread.sleep(LOOK_MILLIS);
        report = trial.report();
      }
      if (report.failures() > 0) {
        throw new Refusal(
            plugin.jar().title() + " is not promoted: it failed on live flows in its trial");
      }
      return Optional.of(report);
    } catch (IllegalArgumentException e) {
      throw new Refusal(plugin.jar().title() + " cannot be tried: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(plugin.jar().title() + " was not tried: interrupted", e);
    }
  }
}
