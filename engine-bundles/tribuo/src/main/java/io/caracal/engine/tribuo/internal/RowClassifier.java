package io.caracal.engine.tribuo.internal;

/** Class probabilities of rows of raw view columns. Thread-safe. */
interface RowClassifier {
  /**
   * Classifies rows.
   *
   * @param rows (count, width), row-major
   * @param count rows to classify
   * @param width columns of a row
   * @return (count, labels), row-major: probability of every label in the order of the labels that
   *     the classifier was made with
   */
  double[] probabilities(float[] rows, int count, int width);
}
