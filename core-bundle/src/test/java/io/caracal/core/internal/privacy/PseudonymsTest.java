package io.caracal.core.internal.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.plugin.Settings;
import io.caracal.testkit.SampleEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymsTest {
  @TempDir private Path folder;

  private Path key() {
    return folder.resolve("state/privacy.key");
  }

  private UnaryOperator<SensorEvent> pseudonyms() throws IOException {
    return Pseudonyms.of(
        Settings.of(
            Map.of("privacy.addresses", "pseudonyms", "privacy.key-file", key().toString())));
  }

  @Test
  void everyEventTellsTheSameHostByTheSamePseudonym() throws IOException {
    UnaryOperator<SensorEvent> pseudonyms = pseudonyms();
    FlowIdentity real = SampleEvents.tcp(100);
    FlowEvent flow =
        (FlowEvent) pseudonyms.apply(SampleEvents.flow(real, EndReason.FIN, 9, 0.0125f));
    AnomalyEvent anomaly = (AnomalyEvent) pseudonyms.apply(SampleEvents.anomaly());
    AlertEvent alert = (AlertEvent) pseudonyms.apply(SampleEvents.alert());
    FlowIdentity who = flow.flow().who();
    assertThat(who.source()).isNotEqualTo(real.source());
    assertThat(alert.attacker()).isEqualTo(who.source());
    assertThat(alert.victims()).contains(who.destination());
    assertThat(alert.strongest().identity()).isEqualTo(who);
    assertThat(anomaly.detection().identity()).isEqualTo(who);
    assertThat(anomaly.alert()).contains(alert.id());
    assertThat(who.communityId())
        .isEqualTo(anomaly.detection().identity().communityId())
        .isNotEqualTo(real.communityId());
    assertThat(who.destinationPort()).isEqualTo(real.destinationPort());
  }

  @Test
  void noRealAddressIsLeft() throws IOException {
    UnaryOperator<SensorEvent> pseudonyms = pseudonyms();
    for (SensorEvent event : SampleEvents.oneOfEach()) {
      assertThat(pseudonyms.apply(event).toString())
          .doesNotContain("203.0.113.45", "10.0.0.", "" + 0xCB00712DL, "" + 0x0A000005L);
    }
  }

  @Test
  void textsThatAreNoAddressesStay() throws IOException {
    assertThat(Address.parse(AlertEvent.MANY)).isEmpty();
    assertThat(Address.parse("example.org")).isEmpty();
    assertThat(Address.parse("::ffff:10.0.0.1").orElseThrow())
        .isEqualTo(new Address(true, 0, 0xFFFF_0A00_0001L))
        .extracting(Address::text)
        .isEqualTo("::ffff:10.0.0.1");
    SensorEvent stats = SampleEvents.stats();
    assertThat(pseudonyms().apply(stats)).isEqualTo(stats);
  }

  @Test
  void theKeyDecides() throws IOException {
    SensorEvent first = pseudonyms().apply(SampleEvents.alert());
    assertThat(pseudonyms().apply(SampleEvents.alert())).isEqualTo(first);
    Files.delete(key());
    assertThat(pseudonyms().apply(SampleEvents.alert())).isNotEqualTo(first);
  }

  @Test
  void theKeyIsItsOwnersAlone() throws IOException {
    pseudonyms();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
    assertThat(key().getParent().toFile().list()).containsExactly("privacy.key");
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::pseudonyms).hasMessageContaining("chmod 600");
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(key(), "abc");
    assertThatThrownBy(this::pseudonyms).hasMessageContaining("must hold 64 hexadecimal digits");
  }

  @Test
  void withoutTheSettingEventsStay() throws IOException {
    SensorEvent alert = SampleEvents.alert();
    assertThat(Pseudonyms.of(Settings.of(Map.of())).apply(alert)).isSameAs(alert);
  }
}
