package io.caracal.alert.kafka.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.EventType;
import io.caracal.api.alert.SensorEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Events as records: the event in its format as value, the alert's id as key, so that all states of
 * an alert lie in one partition, in order; and what describes the event as headers, by the binary
 * content mode of CloudEvents' Kafka binding.
 *
 * @param topic where they go
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">the
 *     binding</a>
 */
record Records(String topic) {
  /** Counts up when fields change their meaning. */
  private static final int SCHEMA = 1;

  private static final long NANOS = 1_000_000;

  ProducerRecord<String, byte[]> of(SensorEvent event, EventFormat format) {
    byte[] value = format.write(event);
    ProducerRecord<String, byte[]> kafka =
        new ProducerRecord<>(
            topic, null, event.timeNanos() / NANOS, alert(event).orElse(null), value);
    header(kafka, "ce_specversion", "1.0");
    header(kafka, "ce_id", id(event, value));
    header(kafka, "ce_source", "caracal");
    header(kafka, "ce_type", "io.caracal." + EventType.of(event).key());
    header(kafka, "ce_dataschema", "urn:caracal:" + format.name() + ":" + SCHEMA);
    header(kafka, "content-type", format.mediaType());
    return kafka;
  }

  private static Optional<String> alert(SensorEvent event) {
    return switch (event) {
      case AlertEvent alert -> Optional.of(alert.id());
      case AnomalyEvent anomaly -> anomaly.alert();
      default -> Optional.empty();
    };
  }

  private static String id(SensorEvent event, byte[] value) {
    return event instanceof AlertEvent alert
        ? alert.eventId()
        : UUID.nameUUIDFromBytes(value).toString();
  }

  private static void header(ProducerRecord<String, byte[]> kafka, String name, String value) {
    kafka.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
