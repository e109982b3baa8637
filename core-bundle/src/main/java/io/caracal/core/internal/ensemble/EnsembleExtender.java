package io.caracal.core.internal.ensemble;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers an {@link Ensemble} for every active bundle that requires the extender {@code
 * io.caracal.ensemble}.
 */
@Component(service = PluginReport.class)
public final class EnsembleExtender
    implements PluginReport, BundleTrackerCustomizer<EnsembleExtender.Extended> {
  private static final Logger LOG = LoggerFactory.getLogger(EnsembleExtender.class);
  private static final String NAMESPACE = "osgi.extender";
  private static final String NAME = "io.caracal.ensemble";
  private static final String ENTRY = "caracal/ensemble.json";
  private static final String LEARNT = "caracal/site.json";

  private final Map<Long, Extended> extended = new ConcurrentSkipListMap<>();
  private final BundleTracker<Extended> tracker;

  /** What came of a bundle. */
  record Extended(PluginStatus status, @Nullable ServiceRegistration<Ensemble> registration) {}

  /** Starts with the bundles that are active already. */
  @Activate
  public EnsembleExtender(BundleContext context) {
    tracker = new BundleTracker<>(context, Bundle.ACTIVE, this);
    tracker.open();
  }

  @Deactivate
  void close() {
    tracker.close();
  }

  @Override
  public List<PluginStatus> plugins() {
    return extended.values().stream().map(Extended::status).toList();
  }

  @Override
  public @Nullable Extended addingBundle(Bundle bundle, @Nullable BundleEvent event) {
    if (!requiresUs(bundle)) {
      return null;
    }
    Extended result;
    try {
      EnsembleDescriptor descriptor = read(bundle);
      result =
          new Extended(
              status(bundle, descriptor.id(), PluginState.ACTIVE, ""),
              register(bundle, new LogisticEnsemble(descriptor, learnt(bundle))));
    } catch (IOException | IllegalArgumentException e) {
      String reason = "bundle " + bundle.getSymbolicName() + ": " + e.getMessage();
      LOG.error("{}; it does not judge", reason);
      result =
          new Extended(status(bundle, bundle.getSymbolicName(), PluginState.FAILED, reason), null);
    }
    extended.put(bundle.getBundleId(), result);
    return result;
  }

  @Override
  public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Extended object) {}

  @Override
  public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Extended object) {
    extended.remove(bundle.getBundleId());
    ServiceRegistration<Ensemble> registration = object.registration();
    if (registration != null) {
      registration.unregister();
    }
  }

  private static boolean requiresUs(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring != null
        && wiring.getRequiredWires(NAMESPACE).stream()
            .anyMatch(wire -> NAME.equals(wire.getCapability().getAttributes().get(NAMESPACE)));
  }

  private static EnsembleDescriptor read(Bundle bundle) throws IOException {
    URL entry = bundle.getEntry(ENTRY);
    if (entry == null) {
      throw new IOException(ENTRY + " is missing; pack it as docs/model-bundle.md says");
    }
    EnsembleDescriptor descriptor;
    try (InputStream in = entry.openStream()) {
      descriptor = EnsembleDescriptor.read(in.readAllBytes());
    } catch (JsonProcessingException e) {
      throw new IOException(ENTRY + " is wrong: " + e.getOriginalMessage(), e);
    }
    if (!bundle.getVersion().toString().equals(descriptor.version())) {
      throw new IOException(
          ENTRY
              + " says version "
              + descriptor.version()
              + " but the bundle is "
              + bundle.getVersion());
    }
    return descriptor;
  }

  /** What a site profile was learnt from; missing for others. */
  private static JsonNode learnt(Bundle bundle) throws IOException {
    URL entry = bundle.getEntry(LEARNT);
    if (entry == null) {
      return MissingNode.getInstance();
    }
    try (InputStream in = entry.openStream()) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static @Nullable ServiceRegistration<Ensemble> register(
      Bundle bundle, LogisticEnsemble ensemble) {
    Map<String, Object> properties =
        Map.of(
            Detector.ID,
            ensemble.description().id(),
            Detector.VERSION,
            ensemble.description().version());
    BundleContext context = bundle.getBundleContext();
    return context == null
        ? null
        : context.registerService(Ensemble.class, ensemble, FrameworkUtil.asDictionary(properties));
  }

  private static PluginStatus status(Bundle bundle, String id, PluginState state, String reason) {
    return new PluginStatus(
        bundle.getBundleId(),
        id,
        bundle.getVersion().toString(),
        "logistic ensemble",
        List.of(),
        "core",
        "cpu",
        state,
        reason);
  }
}
