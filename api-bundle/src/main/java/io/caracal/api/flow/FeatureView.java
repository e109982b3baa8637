package io.caracal.api.flow;

import java.nio.FloatBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** A {@link View} of one flow record and nothing else. Thread-safe and stateless. */
@ConsumerType
public interface FeatureView extends View {
  /**
   * Writes one row. Every column is written, and is finite: never NaN, never infinite.
   *
   * @param flow the record
   * @param row where to write; absolute puts at {@code offset} to {@code offset + width - 1},
   *     position untouched
   * @param offset index of the row's first column in {@code row}, in floats
   */
  void write(FlowRecord flow, FloatBuffer row, int offset);
}
