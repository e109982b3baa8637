package io.caracal.alert.kafka.internal;

import io.caracal.api.alert.EventType;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the operator wants.
 *
 * @param servers where the cluster is found, {@code HOST:PORT} with commas
 * @param topic where records go
 * @param types events that are sent
 * @param payload the format of events
 * @param timeout until all records of a delivery are acknowledged or it has failed
 * @param properties the client's configuration
 */
record KafkaSettings(
    String servers,
    String topic,
    Set<EventType> types,
    String payload,
    Duration timeout,
    Properties properties) {

  /**
   * Reads them.
   *
   * @throws IOException if the properties cannot be read
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static KafkaSettings of(Settings settings) throws IOException {
    String servers = required(settings, "kafka.servers", "where the cluster is found, HOST:PORT");
    Duration timeout = settings.seconds("kafka.timeout", Duration.ofSeconds(30));
    Map<String, Object> ours = ours(servers, timeout);
    Properties properties = new Properties();
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "caracal");
    String file = settings.text("kafka.properties", "");
    if (!file.isEmpty()) {
      properties.putAll(read(Path.of(file), ours.keySet()));
    }
    properties.putAll(ours);
    return new KafkaSettings(
        servers,
        required(settings, "kafka.topic", "the topic that events go to"),
        EventType.list(settings, "kafka.types", "alert"),
        settings.text("kafka.payload", "eve"),
        timeout,
        checked(properties));
  }

  /** What at least once and in order depends on. */
  private static Map<String, Object> ours(String servers, Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        servers,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        "true",
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        millis,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        millis,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        millis / 2,
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        "org.apache.kafka.common.serialization.StringSerializer",
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        "org.apache.kafka.common.serialization.ByteArraySerializer");
  }

  private static Properties read(Path file, Set<String> ours) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IOException(
          "the file " + file + " of the setting kafka.properties cannot be read: " + e, e);
    }
    Set<String> taken = new TreeSet<>(properties.stringPropertyNames());
    taken.retainAll(ours);
    if (!taken.isEmpty()) {
      throw new IllegalArgumentException(
          "the file "
              + file
              + " of the setting kafka.properties sets "
              + String.join(", ", taken)
              + ", which the sink sets itself; remove it there");
    }
    return properties;
  }

  private static Properties checked(Properties properties) {
    try {
      OwnLoader.call(() -> new ProducerConfig(properties));
      return properties;
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "Kafka does not accept its properties: " + e.getMessage(), e);
    }
  }

  private static String required(Settings settings, String key, String meaning) {
    String text = settings.text(key, "");
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          key + " is missing: it says " + meaning + "; see docs/sinks.md");
    }
    return text;
  }
}
