package io.caracal.export.parquet.internal;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.testkit.FlowFormatContract;
import java.util.List;

class ParquetContractTest extends FlowFormatContract {
  private static final int WIDTH = 78;

  @Override
  protected FlowOutput.Format format() {
    return new ParquetFormat();
  }

  @Override
  protected List<View> installed() {
    return List.of(Ramp.halves("cic", WIDTH));
  }

  @Override
  protected FlowSettings flows() {
    return FlowSettings.DEFAULT;
  }
}
