package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON value as one line: its texts are clean, and JSON escapes what could break it. */
final class JsonLine extends JsonGeneratorDelegate {
  private static final int USUAL = 1024; // bytes
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonLine(JsonGenerator json) {
    super(json);
  }

  /** What the line says. */
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] of(Content content) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL);
    try (JsonGenerator json = new JsonLine(FACTORY.createGenerator(line))) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("the event cannot be written as JSON", e);
    }
    return line.toByteArray();
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    super.writeFieldName(CleanText.of(name));
  }

  @Override
  public void writeString(String text) throws IOException {
    super.writeString(CleanText.of(text));
  }
}
