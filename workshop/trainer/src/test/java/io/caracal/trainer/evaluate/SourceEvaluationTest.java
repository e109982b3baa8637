package io.caracal.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.trainer.report.HtmlReport;
import io.caracal.trainer.report.MarkdownReport;
import io.caracal.trainer.rows.Address;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.rows.RowsWriter;
import io.caracal.trainer.truth.CaptureLabel;
import io.caracal.trainer.truth.CaptureLabel.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceEvaluationTest {
  private static final String HEADER =
      "{\"format\":\"caracal-rows/1\",\"columns\":[\"net/score\",\"net/class\","
          + "\"ensemble/probability\"],\"views\":[],\"thresholds\":{\"net\":0.5,\"ensemble\":0.9}}";

  @TempDir Path folder;
  private Path file = Path.of("");

  /** Flow 1 by 10.0.0.1 with a loud checkpoint and a quiet end, flow 2 by 10.0.0.9, loud. */
  @BeforeEach
  void write() throws IOException {
    RowsWriter.Identity one = new RowsWriter.Identity(1, 0, 1, "10.0.0.1", 1, "10.0.0.2", 80, 6, 3);
    RowsWriter.Identity two = new RowsWriter.Identity(2, 0, 1, "10.0.0.9", 1, "10.0.0.2", 80, 6, 3);
    file =
        new RowsWriter(HEADER)
            .add(one, 0.6f, 0, Float.NaN)
            .add(one, 0.1f, 0, 0.2f)
            .add(two, 0.7f, 0, 0.95f)
            .write(folder.resolve("rows"));
  }

  private CaptureDetections detections(String label, Scope scope, String attacker) {
    try (FlowRows rows = FlowRows.open(file)) {
      return CaptureDetections.of(
          new CaptureLabel(label + ".pcap", label, "", scope, Optional.of(Address.parse(attacker))),
          rows);
    }
  }

  @Test
  void aFlowIsDetectedIfAnyOfItsRecordsIs() {
    CaptureDetections all = detections("scan", Scope.ALL, "10.0.0.1");
    assertThat(all.flows()).isEqualTo(2);
    assertThat(all.detectedLabelled()).containsEntry("net", 2).containsEntry("ensemble", 1);
  }

  @Test
  void onlyTheAttackersFlowsCountWhereHeIsKnown() {
    CaptureDetections match = detections("scan", Scope.MATCH, "10.0.0.1");
    assertThat(match.labelled()).isEqualTo(1);
    assertThat(match.detectedLabelled()).containsEntry("net", 1).containsEntry("ensemble", 0);
    assertThat(match.alerted("ensemble")).isFalse();
    assertThat(detections("scan", Scope.CONTAINS, "10.0.0.1").alerted("ensemble")).isTrue();
  }

  @Test
  void theReportsSayWhatTheMetricsSay() {
    JsonNode metrics =
        SourceEvaluation.of(
            List.of(
                detections("scan", Scope.ALL, "10.0.0.1"),
                detections("scan", Scope.MATCH, "10.0.0.1"),
                detections("benign", Scope.ALL, "10.0.0.1")),
            List.of("broken.pcap"));
    JsonNode scan = metrics.path("sources").path("labels").path("scan");
    assertThat(scan.path("captures").asInt()).isEqualTo(2);
    assertThat(scan.path("detectors").path("ensemble").path("alerted_captures").asInt())
        .isEqualTo(1);
    String text = MarkdownReport.of(metrics);
    assertThat(text)
        .contains("| scan | 2 | 1 of 2 | 2 of 2 |")
        .contains("| benign | 2 | 1 of 2 | 2 of 2 |");
    assertThat(text).contains("1 captures could not be read");
    assertThat(HtmlReport.of(metrics)).contains("benign.pcap").doesNotContain("id=\"curves\"");
  }
}
