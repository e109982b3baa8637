package io.caracal.itests.plugin;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A detector that misbehaves as the header {@code Bad-Kind}, which is its id too, says. */
public final class BadDetector implements BundleActivator, Detector {
  private String kind = "";

  @Override
  public void start(BundleContext context) {
    kind = context.getBundle().getHeaders().get("Bad-Kind");
    context.registerService(
        Detector.class,
        this,
        FrameworkUtil.asDictionary(Map.of(Detector.ID, kind, Detector.VERSION, "1.0.0")));
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes the service away.
  }

  @Override
  public DetectorDescription description() {
    return new DetectorDescription(
        kind,
        "1.0.0",
        "misbehaves",
        DetectorKind.UNSUPERVISED,
        List.of(),
        List.of(),
        "java",
        "cpu",
        1,
        1,
        Map.of());
  }

  @Override
  public void score(FlowBatch batch, Scores scores) throws InterruptedException {
    switch (kind) {
      case "throwing" -> throw new LinkageError("thrown on purpose");
      case "nan" -> scores.set(0, Float.NaN, Scores.NO_CLASS);
      case "endless" -> new CountDownLatch(1).await();
      default -> throw new IllegalArgumentException(kind);
    }
  }
}
