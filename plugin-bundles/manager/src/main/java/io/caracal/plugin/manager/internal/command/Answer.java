package io.caracal.plugin.manager.internal.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import java.util.List;

/**
 * What a command has to say.
 *
 * @param value for scripts: a record or a list of records, written as JSON
 * @param lines for people
 * @param code the exit code
 */
record Answer(Object value, List<String> lines, int code) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);

  /** An answer that everything went well. */
  static Answer of(Object value, List<String> lines) {
    return new Answer(value, lines, 0);
  }

  void print(PrintStream out, boolean json) {
    if (!json) {
      lines.forEach(out::println);
      return;
    }
    try {
      out.println(JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that is no JSON", e);
    }
  }
}
