package io.caracal.engine.extender;

/** Runs models of one format. */
public interface ModelEngine {
  /** Short name, as {@code DetectorDescription.engine} and the operator see it. */
  String name();

  /**
   * Makes a detector of a model whose hash is already checked.
   *
   * @param descriptor what the bundle says of it
   * @param model the bytes of the model file
   * @throws ModelException with one sentence if this engine cannot or will not run the model
   */
  LoadedModel load(ModelDescriptor descriptor, byte[] model) throws ModelException;
}
