package io.caracal.plugin.manager.internal.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * What a user asked for. Over the control socket everything is text, and a list of one is a text;
 * streams and actor come with the connection, and are those of this process without one.
 */
public record Options(Map<String, Object> values) {
  /** The values of an option that may be repeated. */
  public List<String> texts(String name) {
    Object value = values.getOrDefault(name, List.of());
    return (value instanceof List<?> list ? list : List.of(value))
        .stream().map(String::valueOf).toList();
  }

  /** The value of an option, empty if it was not given. */
  public String text(String name) {
    return texts(name).stream().findFirst().orElse("");
  }

  /** Whether a flag was given. */
  public boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  /** Where the answer goes. */
  public PrintStream out() {
    return values.get("out") instanceof PrintStream out ? out : System.out;
  }

  /** Where the sentence about a failure goes. */
  public PrintStream err() {
    return values.get("err") instanceof PrintStream err ? err : System.err;
  }

  /** What the user types. */
  public InputStream in() {
    return values.get("in") instanceof InputStream in ? in : System.in;
  }

  /** The user's name. */
  public String actor() {
    return values.get("actor") instanceof String actor
        ? actor
        : System.getProperty("user.name", "");
  }

  /** How the request came. */
  public String way() {
    return values.get("way") instanceof String way ? way : "cli";
  }
}
