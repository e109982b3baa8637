package io.caracal.alert.formats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.Detection;
import io.caracal.testkit.SampleEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {
  private final Detection tcp =
      SampleEvents.detection(SampleEvents.SCAN, SampleEvents.tcp(0), 14.2f);

  @Test
  void numbersOfClassesNeverChange() {
    assertThat(Signature.id("scan")).isEqualTo(1_152_627_630L);
    assertThat(Signature.id("anomaly")).isEqualTo(2_046_391_651L);
  }

  @Test
  void countsOrNamesWhatWasAttacked() {
    AlertEvent one = SampleEvents.alert(tcp, List.of("10.0.0.5"), List.of(22));
    AlertEvent ports = SampleEvents.alert(tcp, List.of("10.0.0.5"), List.of(21, 22, 23));
    AlertEvent hosts = SampleEvents.alert(tcp, List.of("10.0.0.5", "10.0.0.6"), List.of(22));
    assertThat(Signature.of(one).text()).isEqualTo("scan by 203.0.113.45: port 22 on 10.0.0.5");
    assertThat(Signature.of(ports).text()).isEqualTo("scan by 203.0.113.45: 300 ports on 10.0.0.5");
    assertThat(Signature.of(hosts).text()).isEqualTo("scan by 203.0.113.45: port 22 on 2 hosts");
  }

  @Test
  void protocolsWithoutPortsAreNamed() {
    Detection ping =
        SampleEvents.detection(SampleEvents.SCAN, SampleEvents.of(58, 128, 129, false), 14.2f);
    AlertEvent sweep = SampleEvents.alert(ping, List.of("10.0.0.5", "10.0.0.6"), List.of(129));
    assertThat(Signature.of(sweep).text()).isEqualTo("scan by 203.0.113.45: IPv6-ICMP to 2 hosts");
  }
}
