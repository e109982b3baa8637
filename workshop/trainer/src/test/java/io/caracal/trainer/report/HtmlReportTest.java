package io.caracal.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.evaluate.Evaluated;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTest {
  private static Document parse(String html) throws Exception {
    byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  private static List<Element> elements(Document page, String name) {
    NodeList nodes = page.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Test
  void isWellFormedAndSaysWhatTheMetricsSay() throws Exception {
    ObjectNode metrics = Evaluated.metrics();
    Document page = parse(HtmlReport.of(metrics));
    List<String> cells = elements(page, "td").stream().map(Element::getTextContent).toList();
    for (String detector : List.of("net", "distance")) {
      double area = metrics.path("detectors").path(detector).path("roc_auc").asDouble();
      assertThat(cells).contains(String.format(Locale.ROOT, "%.4f", area));
    }
    assertThat(cells).contains("3 of 3", "2 of 3", "66.7 %");
  }

  @Test
  void needsNothingElse() throws Exception {
    String html = HtmlReport.of(Evaluated.metrics());
    Document page = parse(html);
    assertThat(elements(page, "script")).isEmpty();
    assertThat(elements(page, "link")).isEmpty();
    assertThat(html).doesNotContain("url(").doesNotContain("http:").doesNotContain("https:");
    for (Element link : elements(page, "a")) {
      String target = link.getAttribute("href").substring(1);
      assertThat(elements(page, "section"))
          .anyMatch(section -> section.getAttribute("id").equals(target));
    }
  }

  @Test
  void everyPlotHasANameAndStaysInItsFrame() throws Exception {
    Document page = parse(HtmlReport.of(Evaluated.metrics()));
    for (Element plot : elements(page, "svg")) {
      assertThat(plot.getAttribute("aria-label") + plot.getAttribute("aria-hidden")).isNotEmpty();
    }
    assertThat(elements(page, "polyline")).hasSizeGreaterThanOrEqualTo(4);
    for (Element line : elements(page, "polyline")) {
      for (String point : line.getAttribute("points").split(" ", -1)) {
        assertThat(Double.parseDouble(point.substring(0, point.indexOf(','))))
            .isBetween(0.0, 500.0);
        assertThat(Double.parseDouble(point.substring(point.indexOf(',') + 1)))
            .isBetween(0.0, 500.0);
      }
    }
  }

  @Test
  void namesFromTheTruthCannotBreakThePage() throws Exception {
    ObjectNode metrics = Evaluated.metrics();
    metrics.withObject("truth_flows_by_label").put("<b>\"&\u0001", 1);
    Document page = parse(HtmlReport.of(metrics));
    assertThat(elements(page, "b")).isEmpty();
    assertThat(elements(page, "th")).anyMatch(cell -> cell.getTextContent().contains("<b>\"&"));
  }
}
