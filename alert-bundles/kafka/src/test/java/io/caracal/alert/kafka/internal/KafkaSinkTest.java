package io.caracal.alert.kafka.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.Severity;
import io.caracal.testkit.SampleEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Kafka's own broker. */
class KafkaSinkTest {
  private static final int PARTITIONS = 3;

  @TempDir private static Path folder;
  private static Broker broker;

  @BeforeAll
  static void start() throws IOException {
    broker = new Broker(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** Writes the id of an alert. */
  private static final class Ids implements EventFormat {
    @Override
    public String name() {
      return "eve";
    }

    @Override
    public String mediaType() {
      return "application/json";
    }

    @Override
    public boolean covers(Class<? extends SensorEvent> type) {
      return true;
    }

    @Override
    public byte[] write(SensorEvent event) {
      String id = event instanceof AlertEvent alert ? alert.eventId() : "other";
      return ("{\"id\":\"" + id + " é\"}").getBytes(StandardCharsets.UTF_8);
    }
  }

  private static KafkaSink sink(String... settings) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("service.pid", "io.caracal.sink.kafka~set");
    all.put("kafka.servers", broker.address());
    for (int i = 0; i < settings.length; i += 2) {
      all.put("kafka." + settings[i], settings[i + 1]);
    }
    return new KafkaSink(all, List.of(new Ids()));
  }

  private static List<SensorEvent> alerts(int count, int revision) {
    return IntStream.range(0, count)
        .mapToObj(i -> (SensorEvent) SampleEvents.alert("a" + i, revision, Severity.HIGH))
        .toList();
  }

  private static void create(String topic, Map<String, String> configuration) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      NewTopic wanted = new NewTopic(topic, PARTITIONS, (short) 1).configs(configuration);
      admin.createTopics(List.of(wanted)).all().get();
    }
  }

  /** All records of a topic, each partition in order. */
  private static List<ConsumerRecord<String, String>> read(String topic) {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(topic, i)).toList();
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.address());
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static String header(ConsumerRecord<String, String> found, String name) {
    return Optional.ofNullable(found.headers().lastHeader(name))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .orElse("");
  }

  @Test
  void allStatesOfAnAlertArriveInOrder() throws Exception {
    create("ordered", Map.of());
    KafkaSink sink = sink("topic", "ordered");
    for (int revision = 0; revision < 5; revision++) {
      sink.deliver(alerts(100, revision));
    }
    sink.close();
    List<ConsumerRecord<String, String>> records = read("ordered");
    assertThat(records).hasSize(500);
    Map<String, List<ConsumerRecord<String, String>>> states =
        records.stream().collect(Collectors.groupingBy(ConsumerRecord::key));
    assertThat(states).hasSize(100);
    states.forEach(
        (id, all) ->
            assertThat(all)
                .extracting(ConsumerRecord::value)
                .containsExactlyElementsOf(
                    IntStream.range(0, 5)
                        .mapToObj(i -> "{\"id\":\"" + id + "-" + i + " é\"}")
                        .toList()));
  }

  @Test
  void headersAreThoseOfCloudEvents() throws Exception {
    create("headers", Map.of());
    KafkaSink sink = sink("topic", "headers", "types", "alert,stats");
    sink.deliver(List.of(SampleEvents.alert("a", 2, Severity.LOW), SampleEvents.stats()));
    sink.close();
    List<ConsumerRecord<String, String>> records = read("headers");
    ConsumerRecord<String, String> alert =
        records.stream().filter(r -> r.key() != null).findFirst().orElseThrow();
    assertThat(header(alert, "ce_id")).isEqualTo("a-2");
    assertThat(header(alert, "ce_specversion")).isEqualTo("1.0");
    assertThat(header(alert, "ce_type")).isEqualTo("io.caracal.alert");
    assertThat(header(alert, "ce_dataschema")).isEqualTo("urn:caracal:eve:1");
    assertThat(header(alert, "content-type")).isEqualTo("application/json");
    assertThat(alert.timestamp()).isEqualTo(1_763_629_574_250L);
    assertThat(records).extracting(r -> header(r, "ce_type")).contains("io.caracal.stats");
  }

  @Test
  void aBrokerThatWasAwayGetsWhatItMissed() throws Exception {
    create("restarted", Map.of());
    KafkaSink sink = sink("topic", "restarted", "timeout", "2");
    sink.deliver(alerts(10, 0));
    broker.stop();
    assertThatThrownBy(() -> sink.deliver(alerts(10, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not take events for the topic restarted")
        .hasMessageContaining("see that the servers are up");
    broker.startAgain();
    deliverAgain(sink, alerts(10, 1));
    sink.close();
    Map<String, List<String>> states =
        read("restarted").stream()
            .collect(
                Collectors.groupingBy(
                    ConsumerRecord::key,
                    Collectors.mapping(found -> header(found, "ce_id"), Collectors.toList())));
    assertThat(states).hasSize(10);
    states.forEach((id, ids) -> assertThat(ids).startsWith(id + "-0").endsWith(id + "-1"));
  }

  /** As the host does it. */
  private static void deliverAgain(KafkaSink sink, List<SensorEvent> events) throws Exception {
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        sink.deliver(events);
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    sink.deliver(events);
  }

  @Test
  void aTopicThatIsMissingIsTold() throws Exception {
    KafkaSink sink = sink("topic", "missing", "timeout", "1");
    assertThatThrownBy(() -> sink.deliver(alerts(1000, 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("topic missing: ")
        .hasMessageContaining("create the topic, or check kafka.topic");
    sink.close();
  }

  @Test
  void aTopicThatRefusesIsTold() throws Exception {
    create("small", Map.of("max.message.bytes", "10"));
    KafkaSink sink = sink("topic", "small");
    assertThatThrownBy(() -> sink.deliver(alerts(1, 0)))
        .hasMessageContaining("raise max.request.size");
    sink.close();
  }

  @Test
  void theFileOfPropertiesAddsToOurs() throws Exception {
    create("compressed", Map.of());
    Path file = Files.writeString(folder.resolve("client"), "compression.type=gzip\n");
    KafkaSink sink = sink("topic", "compressed", "properties", file.toString());
    sink.deliver(alerts(20, 0));
    sink.close();
    assertThat(read("compressed")).hasSize(20);
  }

  @Test
  void wrongSettingsAreTold() throws IOException {
    assertThatThrownBy(() -> sink()).hasMessageContaining("kafka.topic is missing");
    Path acks = Files.writeString(folder.resolve("acks"), "acks=0\nlinger.ms=1\n");
    assertThatThrownBy(() -> sink("topic", "t", "properties", acks.toString()))
        .hasMessageContaining("sets acks, which the sink sets itself");
    Path wrong = Files.writeString(folder.resolve("wrong"), "linger.ms=soon\n");
    assertThatThrownBy(() -> sink("topic", "t", "properties", wrong.toString()))
        .hasMessageContaining("Kafka does not accept its properties: Invalid value soon");
    assertThatThrownBy(() -> sink("topic", "t", "properties", "/none"))
        .hasMessageContaining("/none of the setting kafka.properties cannot be read");
  }
}
