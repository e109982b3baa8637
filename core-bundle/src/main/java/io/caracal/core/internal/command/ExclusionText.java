package io.caracal.core.internal.command;

import io.caracal.api.alert.Exclusion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** An exclusion in words. */
final class ExclusionText {
  private ExclusionText() {}

  static String of(Exclusion exclusion) {
    StringBuilder text = new StringBuilder();
    text.append(exclusion.id()).append("  ").append(exclusion.scope());
    text.append("\n   ").append(exclusion.comment());
    text.append("\n   by ").append(exclusion.author());
    text.append(", ").append(time(exclusion.createdMillis()));
    if (exclusion.expiresMillis().isPresent()) {
      boolean over = exclusion.expired(System.currentTimeMillis());
      text.append(over ? ", expired " : ", until ");
      text.append(time(exclusion.expiresMillis().getAsLong()));
    }
    text.append(String.format(Locale.ROOT, "; covered %,d flows", exclusion.hits()));
    exclusion.lastHitMillis().ifPresent(last -> text.append(", the last at ").append(time(last)));
    return text.toString();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
