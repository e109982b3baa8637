package io.caracal.benchmarks.intake;

import java.io.IOException;

/** One way to do the work that is compared. */
interface Contender {
  /** What it is, for the table. */
  String name();

  /** Does the work once, on the calling thread; returns the packets it saw. */
  long run() throws IOException;
}
