package __package__;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.Component;

/**
 * Scores how much more a flow's initiator sends than it receives: the decimal logarithm of the
 * ratio of payload bytes, 0 where it receives more. Data that leaves the network looks like that.
 */
@Component(
    service = Detector.class,
    property = {Detector.ID + "=__name__", Detector.VERSION + "=1.0.0"})
@Requirement(namespace = "io.caracal.view", filter = "(&(name=cic)(version>=1.0)(!(version>=2.0)))")
public final class __Name__Detector implements Detector {
  private static final String VIEW = "cic";
  private static final int MINIMUM_PACKETS = 4;
  private static final DetectorDescription DESCRIPTION =
      new DetectorDescription(
          "__name__",
          "1.0.0",
          "upload ratio",
          DetectorKind.UNSUPERVISED,
          List.of(VIEW),
          List.of(),
          "java",
          "cpu",
          MINIMUM_PACKETS,
          3.0,
          Map.of());

  @Override
  public DetectorDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void score(FlowBatch batch, Scores scores) {
    List<String> columns = columns(batch);
    int sent = columns.indexOf("Total Length of Fwd Packet");
    int received = columns.indexOf("Total Length of Bwd Packet");
    FloatBuffer rows = batch.view(VIEW);
    for (int row = 0; row < batch.size(); row++) {
      if (batch.packets(row) >= MINIMUM_PACKETS) {
        int start = row * columns.size();
        float score = score(rows.get(start + sent), rows.get(start + received));
        scores.set(row, score, Scores.NO_CLASS);
      }
    }
  }

  static float score(float sent, float received) {
    double ratio = (Math.max(0, sent) + 1.0) / (Math.max(0, received) + 1.0);
    return (float) Math.max(0, Math.log10(ratio));
  }

  private static List<String> columns(FlowBatch batch) {
    for (View view : batch.views()) {
      if (view.description().name().equals(VIEW)) {
        return view.description().columnNames();
      }
    }
    throw new IllegalArgumentException("the batch does not carry the view " + VIEW);
  }
}
