package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON value as one line: what JSON escapes is all that could break it. */
final class JsonLine {
  private static final int USUAL = 1024; // bytes
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonLine() {}

  /** What the line says. */
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] of(Content content) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL);
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("the event cannot be written as JSON", e);
    }
    return line.toByteArray();
  }
}
