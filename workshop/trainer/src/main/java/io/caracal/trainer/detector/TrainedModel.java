package io.caracal.trainer.detector;

import io.caracal.trainer.scoring.BatchScorer;
import java.util.Map;

/** A fitted model in the form that ships, and what runs it. Closed by whoever asked for it. */
public final class TrainedModel implements AutoCloseable {
  private final String fileName;
  private final byte[] bytes;
  private final BatchScorer scorer;
  private final Map<String, Object> notes;

  /**
   * A model.
   *
   * @param fileName its name in the bundle
   * @param bytes the file
   * @param scorer runs these bytes
   * @param notes what the training has to say, for the provenance
   */
  public TrainedModel(
      String fileName, byte[] bytes, BatchScorer scorer, Map<String, Object> notes) {
    this.fileName = fileName;
    this.bytes = bytes.clone();
    this.scorer = scorer;
    this.notes = Map.copyOf(notes);
  }

  String fileName() {
    return fileName;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** Runs the model. */
  public BatchScorer scorer() {
    return scorer;
  }

  Map<String, Object> notes() {
    return notes;
  }

  @Override
  public void close() {
    scorer.close();
  }
}
