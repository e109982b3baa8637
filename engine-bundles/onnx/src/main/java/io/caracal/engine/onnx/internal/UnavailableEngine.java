package io.caracal.engine.onnx.internal;

import io.caracal.engine.extender.LoadedModel;
import io.caracal.engine.extender.ModelDescriptor;
import io.caracal.engine.extender.ModelEngine;
import io.caracal.engine.extender.ModelException;

/** Stands in where ONNX Runtime does not load, so that every model says why it takes no part. */
record UnavailableEngine(String reason) implements ModelEngine {
  @Override
  public String name() {
    return OnnxEngine.NAME;
  }

  @Override
  public LoadedModel load(ModelDescriptor descriptor, byte[] model) throws ModelException {
    throw new ModelException("ONNX Runtime cannot be loaded on this machine: " + reason);
  }
}
