package __package__;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowRecord;
import io.caracal.testkit.FeatureViewContract;
import io.caracal.testkit.SampleFlows;
import java.util.List;
import org.junit.jupiter.api.Test;

class __Name__ViewTest extends FeatureViewContract {
  @Override
  protected FeatureView view() {
    return new __Name__View();
  }

  @Override
  protected List<FlowRecord> flows() {
    return List.of(SampleFlows.web(), SampleFlows.query(), SampleFlows.unreachable());
  }

  @Test
  void anUnansweredQueryIsAllTheInitiators() {
    FlowBatch batch = new FlowBatch(1, List.of(view()));
    batch.add(SampleFlows.query());
    assertThat(batch.view("__name__").get(0)).isEqualTo(78);
    assertThat(batch.view("__name__").get(1)).isEqualTo(1);
  }
}
