package io.caracal.export.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private final Map<String, Object> counters = new LinkedHashMap<>();
  private MetricsServer server;

  @BeforeEach
  void start() throws Exception {
    counters.put("capture.packets", 1_270_000L);
    counters.put("capture.eth1.packets", 9L);
    counters.put("detectors.cnn1d.scored", 3L);
    counters.put("journal.waiting", 2);
    counters.put("sinks.http.state", "working");
    counters.put("sinks.http.delivered", 5L);
    counters.put("sinks.syslog-siem.example.org.delivered", 4L);
    counters.put("drift.index", Double.NaN);
    server = new MetricsServer("127.0.0.1:0", () -> counters);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
      return client.send(
          HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void countersAreMetrics() throws Exception {
    HttpResponse<String> answer = ask("GET", "/metrics");
    assertThat(answer.headers().firstValue("Content-Type")).contains(Exposition.MEDIA_TYPE);
    assertThat(answer.body())
        .contains(
            """
            # HELP caracal_capture_packets_total The counter capture.packets of docs/events.md
            # TYPE caracal_capture_packets_total counter
            caracal_capture_packets_total 1270000.0
            """)
        .contains("caracal_interface_packets_total{interface=\"eth1\"} 9.0\n")
        .contains("caracal_detector_scored_total{detector=\"cnn1d\"} 3.0\n")
        .contains("# TYPE caracal_journal_waiting gauge\ncaracal_journal_waiting 2.0\n")
        .contains("caracal_sink_state{sink=\"http\",value=\"working\"} 1.0\n")
        .contains(
            """
            # TYPE caracal_sink_delivered_total counter
            caracal_sink_delivered_total{sink="http"} 5.0
            caracal_sink_delivered_total{sink="syslog-siem.example.org"} 4.0
            """)
        .contains("caracal_drift_index NaN\n");
  }

  /** One TYPE line per metric, every line of the grammar, every sample once. */
  @Test
  void theTextKeepsToTheFormat() {
    counters.put("odd name-1", "a\"b\\c\nd");
    List<String> lines = Exposition.of(counters).lines().toList();
    assertThat(lines)
        .allMatch(
            line ->
                line.matches("# (HELP|TYPE) [a-z][a-zA-Z0-9_]* .+")
                    || line.matches(
                        "[a-z][a-zA-Z0-9_]*(\\{([a-z]+=\"([^\"\\\\]|\\\\.)*\",?)+\\})? \\S+"));
    assertThat(lines.stream().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
    assertThat(lines).contains("caracal_odd_name_1{value=\"a\\\"b\\\\c\\nd\"} 1.0");
  }

  @Test
  void healthSaysWhatIsWrong() throws Exception {
    assertThat(ask("GET", "/health").statusCode()).isEqualTo(200);
    counters.put("sinks.http.state", "retrying");
    HttpResponse<String> failing = ask("GET", "/health");
    assertThat(failing.statusCode()).isEqualTo(503);
    assertThat(failing.body())
        .isEqualTo(
            "{\"status\":\"failing\",\"sinks\":{\"http\":\"retrying\"},\"journal\":\"working\","
                + "\"quarantined\":{},\"warnings\":{}}");
    counters.put("sinks.http.state", "working");
    counters.put("capture.eth1.warnings", List.of("silent"));
    assertThat(ask("GET", "/health").body()).contains("\"warnings\":{\"eth1\":[\"silent\"]}");
    counters.put("capture.eth1.warnings", List.of());
    counters.put("detectors.d.quarantine_reasons", List.of("1.0.0: it failed"));
    assertThat(ask("GET", "/health").statusCode()).isEqualTo(503);
    assertThat(ask("GET", "/health").body())
        .contains("\"quarantined\":{\"d\":[\"1.0.0: it failed\"]}");
    counters.put("detectors.d.quarantine_reasons", List.of());
    counters.put("views.cic.quarantine_reasons", List.of("2.0.0: it threw"));
    counters.put("ensembles.e.quarantine_reasons", List.of());
    assertThat(ask("GET", "/health").body())
        .contains("\"status\":\"failing\"")
        .contains("\"quarantined\":{\"view cic\":[\"2.0.0: it threw\"]}");
    counters.put("views.cic.quarantine_reasons", List.of());
    counters.put("journal.state", "failing");
    assertThat(ask("GET", "/health").statusCode()).isEqualTo(503);
  }

  @Test
  void nothingElseIsAnswered() throws Exception {
    assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
    assertThat(ask("GET", "/metrics/other").statusCode()).isEqualTo(404);
    assertThatThrownBy(() -> new MetricsServer("9464", () -> counters))
        .hasMessageContaining("metrics.listen is '9464' but must be HOST:PORT");
  }
}
