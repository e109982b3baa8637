package io.caracal.trainer.mutate;

import io.caracal.trainer.TrainerException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the attacker does to his packets. Each is 0 for nothing.
 *
 * @param split chance that a TCP segment with data goes as two, cut anywhere
 * @param dummy chance that a TCP segment is followed by one without data that only changes the
 *     window: the peer takes it and says nothing
 * @param pad most by which a payload grows, as a share of it, as far as a frame has room: what
 *     follows moves on in the sequence, and the peer acknowledges that
 * @param delay seconds that he waits on average before he answers the peer; all that follows in the
 *     flow comes later
 * @param jitter most by which a packet is late, as a share of the time to the flow's next packet
 */
public record Mutation(double split, double dummy, double pad, double delay, double jitter) {
  /** Checks the ranges. */
  public Mutation {
    if (!(share(split) && share(dummy) && share(jitter) && pad >= 0 && delay >= 0)) {
      throw new IllegalArgumentException(
          "split, dummy and jitter are shares from 0 to 1, pad and delay at least 0");
    }
  }

  /** What {@link #parse} reads, without what is 0: {@code split=0.5,pad=0.3}. */
  String specification() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("split", split);
    values.put("dummy", dummy);
    values.put("pad", pad);
    values.put("delay", delay);
    values.put("jitter", jitter);
    return values.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  private static boolean share(double value) {
    return value >= 0 && value <= 1;
  }

  /**
   * Reads a specification.
   *
   * @param text {@code NAME=VALUE}, separated by commas
   * @return what it says
   * @throws TrainerException if it is wrong
   */
  public static Mutation parse(String text) {
    double split = 0;
    double dummy = 0;
    double pad = 0;
    double delay = 0;
    double jitter = 0;
    try {
      for (String part : text.split(",", -1)) {
        String[] pair = part.strip().split("=", 2);
        double value = pair.length == 2 ? Double.parseDouble(pair[1]) : Double.NaN;
        switch (pair[0].toLowerCase(Locale.ROOT)) {
          case "split" -> split = value;
          case "dummy" -> dummy = value;
          case "pad" -> pad = value;
          case "delay" -> delay = value;
          case "jitter" -> jitter = value;
          default -> throw new IllegalArgumentException("nothing is called " + pair[0]);
        }
      }
      return new Mutation(split, dummy, pad, delay, jitter);
    } catch (IllegalArgumentException e) {
      throw new TrainerException(
          "the mutation "
              + text
              + " is wrong ("
              + e.getMessage()
              + "): write for example pad=0.3,delay=0.05,jitter=0.5,split=0.5,dummy=0.2",
          e);
    }
  }
}
