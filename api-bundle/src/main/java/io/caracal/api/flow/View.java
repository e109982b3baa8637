package io.caracal.api.flow;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A named, versioned row of float32 columns per flow record: a {@link FeatureView} if it is
 * computed from the record alone, a {@link ContextView} if from what other flows did as well. One
 * OSGi service of either type is one version of one view; its bundle provides the capability {@code
 * io.caracal.view;name=...;version:Version=...} that models require.
 */
@ConsumerType
public interface View {
  /**
   * Name, version and columns.
   *
   * @return always the same value
   */
  ViewDescription description();
}
