package io.caracal.api.plugin;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The sensor's settings: short dotted keys such as {@code alerts.false-per-day}, listed with
 * defaults and units in {@code docs/configuration.md}. The launcher passes each as the framework
 * property {@code caracal.KEY}; bundles read them through {@code BundleContext::getProperty}.
 *
 * @param property looks up a framework property by its full name; null if it is not set
 */
public record Settings(UnaryOperator<@org.jspecify.annotations.Nullable String> property) {
  /** Prefix of the framework properties. */
  public static final String PREFIX = "caracal.";

  /**
   * The settings of one sink or other plugin that Configuration Admin configures.
   *
   * @param configuration values by the short keys, such as {@code syslog.host}
   * @return the same as settings
   */
  public static Settings of(Map<String, ?> configuration) {
    return new Settings(
        property -> {
          Object value = configuration.get(property.substring(PREFIX.length()));
          return value == null ? null : value.toString();
        });
  }

  /**
   * A text.
   *
   * @param key the dotted key
   * @param otherwise the default
   * @return the value
   */
  public String text(String key, String otherwise) {
    String value = property.apply(PREFIX + key);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  /**
   * A number.
   *
   * @param key the dotted key
   * @param otherwise the default
   * @return the value
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public double number(String key, double otherwise) {
    String text = text(key, "");
    try {
      return text.isEmpty() ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong(key, text, "a number", e);
    }
  }

  /**
   * A whole number.
   *
   * @param key the dotted key
   * @param otherwise the default
   * @return the value
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public int integer(String key, int otherwise) {
    String text = text(key, "");
    try {
      return text.isEmpty() ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(key, text, "a whole number", e);
    }
  }

  /**
   * A switch.
   *
   * @param key the dotted key
   * @param otherwise the default
   * @return the value
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public boolean flag(String key, boolean otherwise) {
    String text = text(key, Boolean.toString(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong(key, text, "true or false", new IllegalArgumentException(text));
    }
    return text.equals("true");
  }

  /**
   * A time in seconds.
   *
   * @param key the dotted key
   * @param otherwise the default
   * @return the value
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public Duration seconds(String key, Duration otherwise) {
    double seconds = number(key, otherwise.toNanos() / 1e9);
    if (!(seconds > 0)) {
      throw wrong(key, text(key, ""), "more than 0 seconds", new IllegalArgumentException());
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static IllegalArgumentException wrong(
      String key, String text, String wanted, Exception cause) {
    return new IllegalArgumentException(
        "the setting "
            + key
            + " is '"
            + text
            + "' but must be "
            + wanted
            + "; see docs/configuration.md",
        cause);
  }
}
