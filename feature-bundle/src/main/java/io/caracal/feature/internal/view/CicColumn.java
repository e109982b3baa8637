package io.caracal.feature.internal.view;

import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.ViewDescription;
import java.util.function.ToDoubleFunction;

/** One column: what it is, and how it is computed from a record, always to a finite number. */
record CicColumn(ViewDescription.Column documentation, ToDoubleFunction<FlowRecord> value) {
  static CicColumn of(
      String name, String unit, String meaning, ToDoubleFunction<FlowRecord> value) {
    return new CicColumn(new ViewDescription.Column(name, unit, meaning), value);
  }
}
