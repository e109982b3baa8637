package io.caracal.core.internal.privacy;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import io.caracal.api.detect.Suspicion;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces every address in events by its pseudonym, the same one everywhere and in every run with
 * the same key. Community IDs follow since they are computed from addresses; the ids of alerts are
 * replaced too, since who knows how they are made could search for the address in them. Texts that
 * are no addresses stay. Thread-safe.
 */
public final class Pseudonyms implements UnaryOperator<SensorEvent> {
  private static final int REMEMBERED = 65_536;
  private static final String HMAC = "HmacSHA256";

  private final CryptoPan cipher;
  private final SecretKeySpec key;
  private final Map<Address, Address> known = new LinkedHashMap<>(1024, 0.75f, true);

  /** With a key of {@value CryptoPan#KEY_BYTES} bytes. */
  Pseudonyms(byte[] key) {
    this.cipher = new CryptoPan(key);
    this.key = new SecretKeySpec(key, HMAC);
  }

  /**
   * What the settings {@code privacy.addresses} and {@code privacy.key-file} ask for.
   *
   * @return what events go through on their way to sinks
   * @throws IOException if the key cannot be read or made, with a sentence for the operator
   */
  public static UnaryOperator<SensorEvent> of(Settings settings) throws IOException {
    if (settings.text("privacy.addresses", "real").equals("real")) {
      return UnaryOperator.identity();
    }
    Path file = Path.of(settings.text("privacy.key-file", "state/privacy.key"));
    return new Pseudonyms(new KeyFile(file).read());
  }

  @Override
  public SensorEvent apply(SensorEvent event) {
    return switch (event) {
      case FlowEvent e -> new FlowEvent(flow(e.flow()), e.probability());
      case AnomalyEvent e ->
          new AnomalyEvent(
              e.timeNanos(), detection(e.detection()), e.alert().map(this::id), e.exclusion());
      case AlertEvent e -> alert(e);
      case DriftEvent e -> e;
      case StatsEvent e -> e;
    };
  }

  private FlowSummary flow(FlowSummary flow) {
    return new FlowSummary(
        flow.flowId(),
        identity(flow.who()),
        flow.startNanos(),
        flow.lastNanos(),
        flow.writtenNanos(),
        flow.reason(),
        flow.checkpoint(),
        flow.state(),
        flow.history(),
        flow.forward(),
        flow.backward(),
        flow.dnsQueryType(),
        flow.dnsResponseCode());
  }

  private AlertEvent alert(AlertEvent alert) {
    return new AlertEvent(
        alert.timeNanos(),
        id(alert.id()),
        alert.revision(),
        alert.state(),
        alert.severity(),
        alert.confidence(),
        alert.firstNanos(),
        alert.lastNanos(),
        text(alert.attacker()),
        texts(alert.attackers()),
        alert.attackerCount(),
        texts(alert.victims()),
        alert.victimCount(),
        alert.ports(),
        alert.portCount(),
        alert.flows(),
        alert.classes(),
        alert.folded(),
        detection(alert.strongest()),
        alert.drivers());
  }

  private Detection detection(Detection detection) {
    return new Detection(
        detection.flowId(),
        identity(detection.identity()),
        detection.startNanos(),
        detection.lastNanos(),
        detection.packets(),
        detection.bytes(),
        detection.attackClass(),
        detection.probability(),
        detection.uncertainty(),
        detection.detectors(),
        detection.host().map(this::suspicion));
  }

  private Suspicion suspicion(Suspicion host) {
    return new Suspicion(
        host.role(),
        text(host.host()),
        host.evidence(),
        host.threshold(),
        host.count(),
        host.sinceNanos(),
        host.flows().stream()
            .map(flow -> new Suspicion.Flow(flow.id(), identity(flow.identity())))
            .toList(),
        host.attackClass());
  }

  private FlowIdentity identity(FlowIdentity who) {
    Address source = of(new Address(who.ipv6(), who.sourceHigh(), who.sourceLow()));
    Address destination = of(new Address(who.ipv6(), who.destinationHigh(), who.destinationLow()));
    return new FlowIdentity(
        who.ipv6(),
        source.high(),
        source.low(),
        who.sourcePort(),
        destination.high(),
        destination.low(),
        who.destinationPort(),
        who.protocol(),
        who.vlan(),
        who.oneWay(),
        who.encapsulation(),
        who.tunnelId());
  }

  private List<String> texts(List<String> texts) {
    return texts.stream().map(this::text).toList();
  }

  private String text(String text) {
    return Address.parse(text).map(this::of).map(Address::text).orElse(text);
  }

  private synchronized Address of(Address address) {
    Address pseudonym =
        known.computeIfAbsent(address, a -> Address.of(cipher.pseudonym(a.bytes())));
    if (known.size() > REMEMBERED) {
      known.remove(known.keySet().iterator().next());
    }
    return pseudonym;
  }

  private String id(String id) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      ByteBuffer code = ByteBuffer.wrap(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
      return new UUID(code.getLong(), code.getLong()).toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
