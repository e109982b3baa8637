package io.caracal.engine.extender;

import io.caracal.api.detect.Detector;

/** A detector that holds an engine's resources until it is closed. */
public interface LoadedModel extends Detector, AutoCloseable {
  /** Waits for calls that are still inside {@link #score} and frees the model; idempotent. */
  @Override
  void close();
}
