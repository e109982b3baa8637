package io.caracal.alert.email.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.DeliverLater;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.SinkName;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * Sends digests of alerts by mail. Until one is sent, its alerts are not delivered and stay in the
 * journal.
 */
@Component(
    immediate = true,
    service = AlertSink.class,
    configurationPid = "io.caracal.sink.email",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class EmailSink implements AlertSink {
  private final String name;
  private final Mailer mailer;
  private final Schedule schedule;
  private final InstantSource clock;

  /**
   * Reads the settings; the server is not asked yet.
   *
   * @throws IOException if a certificate cannot be read
   * @throws IllegalArgumentException if a setting is wrong or missing
   */
  @Activate
  public EmailSink(Map<String, ?> configuration) throws IOException {
    this(configuration, InstantSource.system());
  }

  /** With a clock. */
  EmailSink(Map<String, ?> configuration, InstantSource clock) throws IOException {
    EmailSettings settings = EmailSettings.of(Settings.of(configuration));
    settings.tls().context();
    this.name = SinkName.of(configuration);
    this.mailer = new Mailer(settings);
    this.schedule = new Schedule(settings.interval(), settings.urgent(), settings.perHour());
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return type == AlertEvent.class;
  }

  @Override
  public void deliver(List<SensorEvent> events) throws IOException, DeliverLater {
    List<AlertEvent> alerts = events.stream().map(AlertEvent.class::cast).toList();
    Duration wait = schedule.wait(alerts, clock.instant());
    if (wait.isPositive()) {
      throw new DeliverLater(wait);
    }
    mailer.send(Digest.of(alerts), clock.instant());
    schedule.sent(alerts, clock.instant());
  }
}
