package io.caracal.export.text.internal;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.testkit.FlowFormatContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The formats keep the contract that the testkit has for those of others. */
class FormatContractsTest {
  @Nested
  class Csv extends FlowFormatContract {
    @Override
    protected FlowOutput.Format format() {
      return new CsvFormat();
    }

    @Override
    protected List<View> installed() {
      return List.of(CsvFormatTest.cic());
    }

    @Override
    protected FlowSettings flows() {
      return FlowSettings.DEFAULT;
    }
  }

  @Nested
  class JsonLines extends FlowFormatContract {
    @Override
    protected FlowOutput.Format format() {
      return new JsonLinesFormat();
    }

    @Override
    protected List<View> installed() {
      return List.of(Written.Halves.of("cic", 78));
    }

    @Override
    protected FlowSettings flows() {
      return FlowSettings.DEFAULT;
    }
  }

  @Nested
  class Zeek extends FlowFormatContract {
    @Override
    protected FlowOutput.Format format() {
      return new ZeekFormat();
    }

    @Override
    protected List<View> installed() {
      return List.of(Written.Halves.of("cic", 78));
    }

    @Override
    protected FlowSettings flows() {
      return FlowSettings.DEFAULT;
    }
  }
}
