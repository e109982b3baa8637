package io.caracal.itests;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginStatus;
import io.caracal.testkit.FelixContainer;
import io.caracal.testkit.FlowRow;
import io.caracal.testkit.ModelBundleJar;
import io.caracal.testkit.TinyModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Both engines inside Felix, the tiny view, and whatever model bundles a test deploys. */
final class EngineContainer implements AutoCloseable {
  private final FelixContainer felix;
  private final Path folder;
  private final List<Bundle> deployed = new ArrayList<>();

  EngineContainer(Path folder) throws IOException, BundleException {
    this.folder = folder;
    felix =
        FelixContainer.builder()
            .share(Detector.class)
            .property(
                "org.osgi.framework.system.capabilities.extra", TinyModelBundle.VIEW_CAPABILITY)
            .bundles(Path.of("target", "bundles"))
            .start();
  }

  ServiceRegistration<View> offer(View view) {
    return felix.context().registerService(View.class, view, null);
  }

  Bundle deploy(ModelBundleJar model) throws IOException, BundleException {
    Bundle bundle = felix.install(model.write(Files.createDirectories(folder)));
    deployed.add(bundle);
    bundle.start();
    return bundle;
  }

  void undeployAll() throws BundleException {
    for (Bundle bundle : deployed) {
      if (bundle.getState() != Bundle.UNINSTALLED) {
        bundle.uninstall();
      }
    }
    deployed.clear();
  }

  Optional<Detector> detector(String id, String version) throws InvalidSyntaxException {
    String filter = "(&(%s=%s)(%s=%s))".formatted(Detector.ID, id, Detector.VERSION, version);
    return felix.context().getServiceReferences(Detector.class, filter).stream()
        .map(felix.context()::getService)
        .findFirst();
  }

  /** What the engines report of a plugin. */
  PluginStatus status(String id, String version) throws InvalidSyntaxException {
    for (ServiceReference<PluginReport> reference :
        felix.context().getServiceReferences(PluginReport.class, null)) {
      for (PluginStatus status : felix.context().getService(reference).plugins()) {
        if (status.id().equals(id) && status.version().equals(version)) {
          return status;
        }
      }
    }
    throw new AssertionError("nobody reports of " + id + " " + version);
  }

  /** Score of one row of the tiny view. */
  static float score(Detector detector, float... columns) throws Exception {
    FlowBatch batch =
        FlowRow.batch(TinyModelBundle.views(), List.of(new FlowRow(5, Map.of("tiny", columns))));
    Scores scores = new Scores(1);
    scores.reset(1);
    detector.score(batch, scores);
    if (scores.abstained(0)) {
      throw new AssertionError("abstained from " + Arrays.toString(columns));
    }
    return scores.score(0);
  }

  @Override
  public void close() throws BundleException, IOException {
    felix.close();
  }
}
