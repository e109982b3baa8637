package __package__;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.detect.Detector;
import io.caracal.api.flow.View;
import io.caracal.testkit.DetectorContract;
import io.caracal.testkit.FlowRow;
import io.caracal.testkit.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

class __Name__DetectorTest extends DetectorContract {
  @Override
  protected Detector detector() {
    return new __Name__Detector();
  }

  @Override
  protected List<View> views() {
    return Golden.SCAN.flows().views("cic");
  }

  /** Flows of the sample capture. */
  @Override
  protected List<FlowRow> rows() {
    return Golden.SCAN.flows().rows(detector().description().minimumPackets());
  }

  @Test
  void whatIsSentWeighsAgainstWhatIsReceived() {
    assertThat(__Name__Detector.score(9_999, 9)).isEqualTo(3);
    assertThat(__Name__Detector.score(9, 9_999)).isZero();
  }
}
