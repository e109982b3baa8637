package io.caracal.alert.formats.internal;

import io.caracal.api.alert.EventFormat;
import io.caracal.testkit.EventFormatContract;
import org.junit.jupiter.api.Nested;

/** The formats that are shipped keep the contract. */
class FormatContractsTest {
  @Nested
  class Eve extends EventFormatContract {
    @Override
    protected EventFormat format() {
      return new EveFormat();
    }
  }

  @Nested
  class Ecs extends EventFormatContract {
    @Override
    protected EventFormat format() {
      return new EcsFormat("0.1.0");
    }
  }

  @Nested
  class Cef extends EventFormatContract {
    @Override
    protected EventFormat format() {
      return new CefFormat("0.1.0");
    }
  }

  @Nested
  class Leef extends EventFormatContract {
    @Override
    protected EventFormat format() {
      return new LeefFormat("0.1.0");
    }
  }
}
