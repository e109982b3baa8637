package io.caracal.alert.formats.internal;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The published schema of our events. */
final class EventSchema {
  private static final Path DOCS = Path.of("../../docs");

  private final Schema schema;

  EventSchema() throws IOException {
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(DOCS.resolve("eve.schema.json")));
  }

  List<String> violations(String json) {
    return schema
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** The examples of docs/events.md: every fenced block marked as JSON. */
  static List<String> documentedExamples() throws IOException {
    return Stream.of(Files.readString(DOCS.resolve("events.md")).split("```json\n"))
        .skip(1)
        .map(block -> block.substring(0, block.indexOf("```")))
        .toList();
  }
}
