package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All of metrics.json as one file that needs nothing else: tables, and plots as inline SVG. It is
 * well-formed XML, follows the reader's choice of light or dark, and prints.
 */
public final class HtmlReport {
  private final JsonNode metrics;
  private final Report report;
  private final Markup out = new Markup();

  private HtmlReport(JsonNode metrics) {
    this.metrics = metrics;
    this.report = new Report(metrics);
  }

  /**
   * Writes the report.
   *
   * @param metrics content of metrics.json
   * @return HTML
   */
  public static String of(JsonNode metrics) {
    return new HtmlReport(metrics).write();
  }

  /** A part of the page; it is left out where the metrics hold nothing for it. */
  private record Section(String id, String title, boolean wanted, Runnable content) {}

  private String write() {
    out.open("html", "lang", "en");
    out.open("head").empty("meta", "charset", "utf-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.element("title", "Caracal evaluation").element("style", style()).close("head");
    out.open("body").element("h1", "Evaluation").line();
    List<Section> sections = sections().stream().filter(Section::wanted).toList();
    out.open("nav", "aria-label", "Sections").open("ul");
    for (Section section : sections) {
      out.open("li").element("a", section.title(), "href", "#" + section.id()).close();
    }
    out.close("ul").close("nav");
    for (Section section : sections) {
      out.open("section", "id", section.id()).element("h2", section.title()).line();
      section.content().run();
      out.close("section");
    }
    out.close("body").close("html");
    return "<!DOCTYPE html>\n" + out;
  }

  private List<Section> sections() {
    boolean detectors = metrics.has("detectors");
    DetectorPlots plots = new DetectorPlots(metrics, out);
    return List.of(
        tables("figures", "Figures", report.figures()),
        new Section("curves", "Curves", detectors, plots::curves),
        tables("labels", "Labels and runs", report.labels()),
        tables("unknown", "Attacks never trained on", report.unknown()),
        tables("cascade", "Cascade and explanations", report.cascade()),
        tables("mutations", "Mutated attacks", report.mutations()),
        tables("sources", "Captures of others", report.sources()),
        new Section("scores", "Scores", detectors, plots::histograms),
        new Section("calibration", "Calibration", detectors, plots::calibration),
        new Section("confusion", "Classes named, by label and tool", detectors, this::confusion),
        tables("data", "Data", report.data()));
  }

  private Section tables(String id, String title, List<Table> tables) {
    return new Section(
        id,
        title,
        !tables.isEmpty(),
        () -> {
          for (Table table : tables) {
            out.element("h3", table.title());
            table(table);
          }
        });
  }

  private void confusion() {
    for (Table table : report.confusion()) {
      out.open("details").element("summary", table.title());
      table(table);
      out.close("details");
    }
  }

  private void table(Table table) {
    if (!table.note().isEmpty()) {
      out.element("p", table.note());
    }
    out.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", table.title());
    out.open("table").open("thead").open("tr");
    table.header().forEach(name -> out.element("th", name, "scope", "col"));
    out.close("thead").open("tbody").line();
    for (List<Cell> row : table.rows()) {
      out.open("tr").element("th", row.getFirst().text(), "scope", "row");
      row.stream().skip(1).forEach(this::cell);
      out.close().line();
    }
    out.close("div");
  }

  private void cell(Cell cell) {
    if (Double.isNaN(cell.share())) {
      out.element("td", cell.text());
    } else {
      int shade = (int) Math.round(100 * cell.share());
      out.element("td", cell.text(), "class", "shade", "style", "--share:" + shade + "%");
    }
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing beside " + HtmlReport.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
