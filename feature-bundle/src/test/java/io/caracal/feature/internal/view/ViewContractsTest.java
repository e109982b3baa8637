package io.caracal.feature.internal.view;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.testkit.FeatureViewContract;
import io.caracal.testkit.SampleFlows;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The views of a flow alone keep the contract that the testkit has for those of others. */
class ViewContractsTest {
  /** The flows of all of them. */
  private abstract static class Contract extends FeatureViewContract {
    @Override
    protected List<FlowRecord> flows() {
      return List.of(SampleFlows.web(), SampleFlows.query(), SampleFlows.unreachable());
    }
  }

  @Nested
  class Cic extends Contract {
    @Override
    protected FeatureView view() {
      return new CicView();
    }
  }

  @Nested
  class Nf extends Contract {
    @Override
    protected FeatureView view() {
      return new NfView();
    }
  }

  @Nested
  class Packets extends Contract {
    @Override
    protected FeatureView view() {
      return new PacketsView();
    }
  }
}
