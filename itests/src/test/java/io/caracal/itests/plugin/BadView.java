package io.caracal.itests.plugin;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * A view that throws, of the kind that the header {@code Bad-Kind} names, {@code alone} or {@code
 * around}, and a detector that reads it. Both go by the name of the kind.
 */
public final class BadView implements BundleActivator {
  private static final String REASON = "thrown on purpose";

  @Override
  public void start(BundleContext context) {
    String kind = context.getBundle().getHeaders().get("Bad-Kind");
    ViewDescription what =
        new ViewDescription(kind, "1.0", List.of(1), List.of(new Column("c0", "count", "None.")));
    context.registerService(
        View.class, kind.equals("around") ? new Around(what) : new Alone(what), null);
    context.registerService(
        Detector.class,
        new Reader(kind),
        FrameworkUtil.asDictionary(Map.of(Detector.ID, kind, Detector.VERSION, "1.0.0")));
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes the services away.
  }

  private record Alone(ViewDescription description) implements FeatureView {
    @Override
    public void write(FlowRecord flow, FloatBuffer row, int offset) {
      throw new LinkageError(REASON);
    }
  }

  private record Around(ViewDescription description) implements ContextView {
    @Override
    public Context open() {
      return new Context() {
        @Override
        public void onStart(FlowIdentity who, long nanos) {
          throw new LinkageError(REASON);
        }

        @Override
        public void write(FlowSummary flow, FloatBuffer row, int offset) {
          throw new LinkageError(REASON);
        }
      };
    }
  }

  private record Reader(String id) implements Detector {
    @Override
    public DetectorDescription description() {
      return new DetectorDescription(
          id,
          "1.0.0",
          "reads what is not there",
          DetectorKind.UNSUPERVISED,
          List.of(id),
          List.of(),
          "java",
          "cpu",
          1,
          1,
          Map.of());
    }

    @Override
    public void score(FlowBatch batch, Scores scores) {
      for (int row = 0; row < batch.size(); row++) {
        scores.set(row, batch.view(id).get(row), Scores.NO_CLASS);
      }
    }
  }
}
