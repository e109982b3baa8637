package io.caracal.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A configuration value that {@code --set KEY=VALUE} overrides.
 *
 * @param key short dotted key
 * @param type what the value must look like
 * @param otherwise the default
 * @param unit unit, or the values allowed
 * @param meaning one sentence
 */
record Setting(String key, Type type, String otherwise, String unit, String meaning) {
  /** What a value must look like. */
  enum Type {
    /** Any text. */
    TEXT(".*", "a text"),
    /** A whole number greater than zero. */
    INTEGER("[1-9][0-9]{0,8}", "a whole number greater than 0"),
    /** A whole number, or zero. */
    ZERO_OR_INTEGER("0|[1-9][0-9]{0,12}", "a whole number, at least 0"),
    /** A number greater than zero. */
    NUMBER("(?=.*[1-9])[0-9]+(\\.[0-9]+)?", "a number greater than 0"),
    /** A number, or zero. */
    ZERO_OR_NUMBER("[0-9]+(\\.[0-9]+)?", "a number, at least 0"),
    /** Whole numbers. */
    INTEGERS("[1-9][0-9]*(,[1-9][0-9]*)*", "whole numbers, ascending, separated by commas"),
    /** A probability. */
    PROBABILITY("0(\\.[0-9]+)?|1(\\.0+)?", "a number from 0 to 1"),
    /** Ids of detectors, or a word for some of them. */
    DETECTORS("[a-z0-9-]+(,[a-z0-9-]+)*", "a word of the list, or ids of detectors with commas"),
    /** A switch. */
    FLAG("true|false", "true or false"),
    /** The name of a packet source. */
    SOURCE("[A-Za-z0-9_-]+", "auto or the name of a packet source"),
    /** A device. */
    DEVICE("auto|cpu|cuda:[0-9]+", "auto, cpu or cuda:N"),
    /** Types of events. */
    EVENTS(
        "(flow|anomaly|alert|drift|stats)(,(flow|anomaly|alert|drift|stats))*",
        "some of flow, anomaly, alert, drift and stats, separated by commas"),
    /** One of the words that the column of units lists. */
    CHOICE("", ""),
    /** What is explained. */
    EXPLAINED("alerts|detections", "alerts or detections"),
    /** Which alerts are shown. */
    ALERTS("new|all|none", "new, all or none"),
    /** Who scores. */
    SCORING("auto|lanes|shared", "auto, lanes or shared"),
    /** When colours are used. */
    COLOUR("auto|always|never", "auto, always or never"),
    /** A log level. */
    LEVEL("ERROR|WARN|INFO|DEBUG", "ERROR, WARN, INFO or DEBUG");

    private final String pattern;
    private final String words;

    Type(String pattern, String words) {
      this.pattern = pattern;
      this.words = words;
    }
  }

  /** Every setting there is, as {@code settings.tsv} lists them. */
  static final List<Setting> ALL = read();

  private static List<Setting> read() {
    try (InputStream in = Setting.class.getResourceAsStream("/settings.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .map(cell -> new Setting(cell[0], Type.valueOf(cell[1]), cell[2], cell[3], cell[4]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("settings.tsv cannot be read; install Caracal again", e);
    }
  }

  /** The kinds of sinks that settings configure, by what their keys begin with. */
  private static final Set<String> SINKS = Set.of("email", "eve", "http", "kafka", "syslog");

  /** Keys of the framework properties given that are a sink's, without prefix, with commas. */
  static String ofSinks(Collection<String> properties) {
    return properties.stream()
        .filter(property -> property.startsWith("caracal."))
        .map(property -> property.substring("caracal.".length()))
        .filter(key -> SINKS.contains(key.substring(0, key.indexOf('.'))))
        .sorted()
        .collect(Collectors.joining(","));
  }

  /** The keys among some properties, joined by commas. */
  static String given(Collection<String> properties) {
    return properties.stream()
        .filter(property -> property.startsWith("caracal."))
        .map(property -> property.substring("caracal.".length()))
        .sorted()
        .collect(Collectors.joining(","));
  }

  /** The setting of a key. */
  static Optional<Setting> of(String key) {
    return ALL.stream().filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** The key nearest to a mistyped one. */
  static String nearest(String key) {
    return ALL.stream()
        .map(Setting::key)
        .min(Comparator.comparingInt(known -> distance(known, key)))
        .orElseThrow();
  }

  /** What is wrong with a value, if anything. */
  Optional<String> problem(String value) {
    boolean fits =
        type == Type.CHOICE
            ? Set.of(unit.split(", ", -1)).contains(value)
            : value.matches(type.pattern);
    String wanted = type == Type.CHOICE ? "one of " + unit : type.words;
    return fits
        ? Optional.empty()
        : Optional.of(
            "the setting "
                + key
                + " is '"
                + value
                + "' but must be "
                + wanted
                + "; see docs/configuration.md");
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
