package io.caracal.alert.http.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** What a receiver says event by event, though it took the request as a whole. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CREATED_BEFORE = 409;

  private Report() {}

  /**
   * Reads it.
   *
   * @return what went wrong, if anything
   */
  static Optional<String> problem(Framing framing, byte[] body) throws IOException {
    return switch (framing) {
      case LINES, ARRAY -> Optional.empty();
      case ELASTIC -> bulk(JSON.readTree(body));
      case SPLUNK -> collector(JSON.readTree(body));
    };
  }

  /** Every document has its own status; one that was there already was delivered before. */
  private static Optional<String> bulk(JsonNode answer) {
    if (!answer.path("items").isArray()) {
      return Optional.of("the answer is not that of a bulk request; check the path of http.url");
    }
    int failed = 0;
    String first = "";
    for (JsonNode item : answer.path("items")) {
      int status = item.path("create").path("status").asInt();
      if (status / 100 != 2 && status != CREATED_BEFORE) {
        failed++;
        first = first.isEmpty() ? status + " " + item.path("create").path("error") : first;
      }
    }
    return failed == 0
        ? Optional.empty()
        : Optional.of(failed + " documents were not taken, the first because of " + first);
  }

  private static Optional<String> collector(JsonNode answer) {
    return answer.path("code").asInt(-1) == 0
        ? Optional.empty()
        : Optional.of("the event collector says " + answer.path("text").asText("nothing"));
  }
}
