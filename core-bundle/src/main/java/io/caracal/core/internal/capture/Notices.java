package io.caracal.core.internal.capture;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator should know of a run: logged at once, and kept for the summary. A run may last
 * for months, so only the first of many are kept. Thread-safe.
 */
public final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final int KEPT = 100;

  private final List<String> sentences = new ArrayList<>();
  private long further;

  /** Warns of something that costs packets or insight. */
  public void warn(String sentence) {
    LOG.warn(sentence);
    keep(sentence);
  }

  /** Says that something is well again. */
  public void good(String sentence) {
    LOG.info(sentence);
    keep(sentence);
  }

  private synchronized void keep(String sentence) {
    if (sentences.size() < KEPT) {
      sentences.add(sentence);
    } else {
      further++;
    }
  }

  /** The sentences so far, in order. */
  public synchronized List<String> sentences() {
    List<String> all = new ArrayList<>(sentences);
    if (further > 0) {
      all.add(further + " further notices stand in the log");
    }
    return List.copyOf(all);
  }
}
