package io.caracal.plugin.manager.internal;

import io.caracal.api.detect.ViewReaders;
import io.caracal.api.flow.View;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Whether a bundle that was started beside works: it offers something, and its extender agrees. */
@Component(service = SelfTest.class)
public final class SelfTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<PluginReport> reports = new CopyOnWriteArrayList<>();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<ViewReaders> readers = new CopyOnWriteArrayList<>();

  /** Refuses a bundle whose views do not fit the detectors that read views of their names. */
  private void checkViews(Bundle bundle, String name) throws Refusal {
    BundleContext context = bundle.getBundleContext();
    for (ServiceReference<?> service : Bundles.offers(bundle, View.class.getName())) {
      if (context.getService(service) instanceof View view) {
        List<String> unfit =
            readers.stream().flatMap(reader -> reader.unfit(view).stream()).toList();
        context.ungetService(service);
        if (!unfit.isEmpty()) {
          throw new Refusal(
              name
                  + " is refused: the view "
                  + view.description().name()
                  + " "
                  + view.description().version()
                  + " does not fit the detectors that read it: "
                  + String.join(", ", unfit)
                  + "; give a view with other columns another name, or remove them first");
        }
      }
    }
  }

  /** Waits until a bundle offers its services, and returns. */
  void check(Bundle bundle) throws Refusal {
    String name = bundle.getSymbolicName() + " " + bundle.getVersion();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<PluginStatus> status = status(bundle);
      if (status.isPresent() && status.get().state() == PluginState.FAILED) {
        throw new Refusal(name + " is refused: " + status.get().reason());
      }
      if (Objects.nonNull(bundle.getRegisteredServices())) {
        checkViews(bundle, name);
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new Refusal(
            name
                + " offers nothing "
                + PATIENCE.toSeconds()
                + " s after its start"
                + status.map(known -> ": it " + known.reason()).orElse(""));
      }
      pause(name);
    }
  }

  private static void pause(String name) throws Refusal {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(name + " was not tested: interrupted", e);
    }
  }

  private Optional<PluginStatus> status(Bundle bundle) {
    return reports.stream()
        .flatMap(report -> report.plugins().stream())
        .filter(status -> status.bundle() == bundle.getBundleId())
        .findFirst();
  }
}
