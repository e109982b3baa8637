package io.caracal.core.internal.lane;

/** Where complete batches are scored: at once by their lane, or by one thread for all lanes. */
interface Scoring extends AutoCloseable {
  /** Sees to it that a batch is {@linkplain Rows#scored scored}, now or later. */
  void score(Rows rows);

  @Override
  default void close() {}
}
