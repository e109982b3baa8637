package io.caracal.core.internal.shadow;

import io.caracal.api.plugin.Settings;
import io.caracal.api.plugin.ShadowTrials;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Lease;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.ensemble.GuardedEnsemble;
import io.caracal.core.internal.guard.Limits;
import io.caracal.core.internal.lane.Budget;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Begins trials of what is installed and not in use. */
@Component(service = ShadowTrials.class)
public final class Shadows implements ShadowTrials {
  private final DetectorPool detectors;
  private final EnsemblePool ensembles;
  private final Settings settings;
  private final Limits limits;

  /** Trials by the limits of work. */
  @Activate
  public Shadows(
      BundleContext context, @Reference DetectorPool detectors, @Reference EnsemblePool ensembles) {
    this(new Settings(context::getProperty), detectors, ensembles);
  }

  /** The same by settings. */
  public Shadows(Settings settings, DetectorPool detectors, EnsemblePool ensembles) {
    this.detectors = detectors;
    this.ensembles = ensembles;
    this.settings = settings;
    this.limits = Limits.of(settings);
  }

  @Override
  public Trial begin(long bundle) {
    List<Shadow> trials =
        Stream.concat(
                detectors.of(bundle).stream().map(this::trial),
                ensembles.of(bundle).stream().map(this::trial))
            .toList();
    if (trials.size() != 1) {
      throw new IllegalArgumentException(
          "bundle "
              + bundle
              + " offers "
              + trials.size()
              + " detectors and ensembles; a trial is of one, so put each into a plugin of its"
              + " own");
    }
    return trials.getFirst().begin();
  }

  private Shadow trial(Lease lease) {
    Cascade cascade = new Cascade(detectors, settings, false);
    return new DetectorTrial(detectors, cascade, limits, lease);
  }

  private Shadow trial(GuardedEnsemble ensemble) {
    return new EnsembleTrial(
        detectors, ensembles, Budget.of(settings)::threshold, limits, ensemble);
  }
}
