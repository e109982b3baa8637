package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of metrics.json as Markdown, and the first of them for a terminal. */
public final class MarkdownReport {
  private MarkdownReport() {}

  /**
   * All tables.
   *
   * @param metrics content of metrics.json
   * @return Markdown
   */
  public static String of(JsonNode metrics) {
    Report report = new Report(metrics);
    return Stream.of(
            report.figures(),
            report.labels(),
            report.unknown(),
            report.cascade(),
            report.mutations(),
            report.sources(),
            report.data())
        .flatMap(tables -> tables.stream())
        .map(Table::markdown)
        .collect(Collectors.joining());
  }

  /**
   * What a person wants to see first.
   *
   * @param metrics content of metrics.json
   * @return aligned columns
   */
  public static String summary(JsonNode metrics) {
    Report report = new Report(metrics);
    return Stream.of(
            report.figures().stream(),
            report.labels().stream().limit(2),
            report.unknown().stream(),
            report.cascade().stream(),
            report.mutations().stream(),
            report.sources().stream().limit(2))
        .flatMap(tables -> tables)
        .map(table -> table.title() + "\n\n" + table.aligned())
        .collect(Collectors.joining("\n"));
  }
}
