package io.caracal.feature.internal.flow;

import java.util.Arrays;

/** Histories as text, of which a network shows few: each is made once, most of the time. */
final class HistoryTexts {
  private static final int PLACES = 1024;

  private final long[] histories = new long[PLACES];
  private final String[] texts = new String[PLACES];

  HistoryTexts() {
    Arrays.fill(texts, "");
  }

  String of(long history) {
    int place = (int) ((history * 0x9E3779B97F4A7C15L) >>> 54);
    if (histories[place] != history) {
      histories[place] = history;
      texts[place] = History.text(history);
    }
    return texts[place];
  }
}
