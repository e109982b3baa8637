package io.caracal.api.flow;

import java.nio.FloatBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns a flow record into a row of float32 columns. One OSGi service is one version of one view;
 * its bundle provides the capability {@code io.caracal.view;name=...;version:Version=...} that
 * models require. Thread-safe and stateless.
 */
@ConsumerType
public interface FeatureView {
  /**
   * Name, version and columns.
   *
   * @return always the same value
   */
  ViewDescription description();

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
