package io.caracal.alert.journal.internal;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.SensorEvent;
import java.util.List;
import java.util.Map;

/**
 * Events as JSON objects with the names of their records, without loss: numbers that JSON cannot
 * hold are the texts {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. What an older
 * version did not write is empty or 0, what a newer one added is passed over.
 */
final class EventJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .withConfigOverride(List.class, o -> o.setSetterInfo(EventJson.empty()))
          .withConfigOverride(Map.class, o -> o.setSetterInfo(EventJson.empty()))
          .withConfigOverride(String.class, o -> o.setSetterInfo(EventJson.empty()))
          .build();

  private EventJson() {}

  private static JsonSetter.Value empty() {
    return JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
  }

  static String write(SensorEvent event) {
    try {
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an event cannot be written as JSON: " + event, e);
    }
  }

  static AlertEvent alert(String body) {
    return read(body, AlertEvent.class);
  }

  static DriftEvent drift(String body) {
    return read(body, DriftEvent.class);
  }

  /** The state that follows: the alert is over. */
  static AlertEvent closed(String body, long timeNanos) {
    ObjectNode next = read(body, ObjectNode.class);
    next.put("timeNanos", timeNanos);
    next.put("revision", next.path("revision").asInt() + 1);
    next.put("state", AlertEvent.State.CLOSED.name());
    return JSON.convertValue(next, AlertEvent.class);
  }

  private static <T> T read(String body, Class<T> type) {
    try {
      return JSON.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the journal holds an event that cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
