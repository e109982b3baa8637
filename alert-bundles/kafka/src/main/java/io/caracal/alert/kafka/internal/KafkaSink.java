package io.caracal.alert.kafka.internal;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.SinkName;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Writes events to a Kafka topic. A delivery is done when all in-sync replicas have every record of
 * it.
 */
@Component(
    immediate = true,
    service = AlertSink.class,
    configurationPid = "io.caracal.sink.kafka",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class KafkaSink implements AlertSink {
  private final String name;
  private final KafkaSettings settings;
  private final Records records;

  /** Made at the first delivery: a cluster whose name does not resolve yet is no wrong setting. */
  private Optional<KafkaProducer<String, byte[]>> producer = Optional.empty();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<EventFormat> formats = new CopyOnWriteArrayList<>();

  /**
   * Reads the settings; the cluster is not asked yet.
   *
   * @throws IOException if the properties cannot be read
   * @throws IllegalArgumentException if a setting is wrong or missing
   */
  @Activate
  public KafkaSink(Map<String, ?> configuration) throws IOException {
    name = SinkName.of(configuration);
    settings = KafkaSettings.of(Settings.of(configuration));
    records = new Records(settings.topic());
  }

  /** With the formats given instead of those installed. */
  KafkaSink(Map<String, ?> configuration, List<EventFormat> formats) throws IOException {
    this(configuration);
    this.formats.addAll(formats);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return settings.types().stream().anyMatch(wanted -> wanted.event() == type);
  }

  @Override
  public void deliver(List<SensorEvent> events) throws IOException, InterruptedException {
    EventFormat format = EventFormat.named(settings.payload(), formats);
    try {
      KafkaProducer<String, byte[]> open = producer();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (SensorEvent event : events) {
        Future<RecordMetadata> acknowledged = open.send(records.of(event, format));
        if (acknowledged.state() == Future.State.FAILED) {
          acknowledged.get(); // no use in trying the rest
        }
        sent.add(acknowledged);
      }
      for (Future<RecordMetadata> acknowledged : sent) {
        acknowledged.get();
      }
    } catch (InterruptException e) {
      Thread.interrupted();
      throw new InterruptedException(e.getMessage());
    } catch (ExecutionException e) {
      throw refused(e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw refused(e);
    }
  }

  private IOException refused(Throwable cause) {
    return new IOException(
        Refusal.sentence(settings, cause.getCause() == null ? cause : cause.getCause()), cause);
  }

  private synchronized KafkaProducer<String, byte[]> producer() {
    KafkaProducer<String, byte[]> open =
        producer.orElseGet(() -> OwnLoader.call(() -> new KafkaProducer<>(settings.properties())));
    producer = Optional.of(open);
    return open;
  }

  @Deactivate
  synchronized void close() {
    producer.ifPresent(open -> open.close(Duration.ZERO));
  }
}
