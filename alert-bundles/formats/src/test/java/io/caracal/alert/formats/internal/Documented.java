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

/** What the documentation publishes: schemas and examples. */
final class Documented {
  private static final Path DOCS = Path.of("../../docs");

  private Documented() {}

  /** A JSON Schema. */
  record EventSchema(Schema schema) {
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
  }

  static EventSchema schema(String file) throws IOException {
    return new EventSchema(
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(DOCS.resolve(file))));
  }

  /** Every fenced block of a page that is marked with a word. */
  static List<String> examples(String page, String mark) throws IOException {
    return Stream.of(Files.readString(DOCS.resolve(page)).split("```" + mark + "\n"))
        .skip(1)
        .map(block -> block.substring(0, block.indexOf("\n```")))
        .toList();
  }
}
