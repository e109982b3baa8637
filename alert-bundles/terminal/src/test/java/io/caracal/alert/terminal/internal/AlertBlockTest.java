package io.caracal.alert.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertBlockTest {
  private static String plain(AlertEvent alert) {
    return new AlertBlock(alert, false).text();
  }

  @Test
  void aRaisedAlert() {
    assertThat(plain(SampleAlerts.scan(State.NEW)))
        .isEqualTo(
            """
            2025-11-20 09:06:14  HIGH  scan T1046  203.0.113.45 -> 4 hosts, ports 21, 22, 23, 25 and 296 more
              seen  1,204 flows in 2 min 11 s to 10.20.30.11 and 3 more  flow 1:uP3m8fgJ4RXl3TflJjC9Yes0oAo=
              sure  98 %, uncertainty 4 %: autoencoder 1.0.0 14.2, cnn1d 1.0.0 0.97, random-forest 1.0.0 0.99
              why   SYN Flag Cnt 1 (typical 2), Flow IAT Mean 1.2 ms (typical 40 ms) and 1 more
            """);
  }

  @Test
  void anUpdatedAlert() {
    assertThat(plain(SampleAlerts.scan(State.UPDATED)))
        .isEqualTo(
            """
            2025-11-20 09:06:14  HIGH  scan T1046  203.0.113.45 -> 4 hosts, ports 21, 22, 23, 25 and 296 more
              still 1,204 flows in 2 min 11 s to 10.20.30.11 and 3 more  flow 1:uP3m8fgJ4RXl3TflJjC9Yes0oAo=
            """);
  }

  @Test
  void aClosedAlert() {
    assertThat(plain(SampleAlerts.scan(State.CLOSED)))
        .isEqualTo(
            """
            2025-11-20 09:06:14  over  scan T1046  203.0.113.45 -> 4 hosts, ports 21, 22, 23, 25 and 296 more
              total 1,204 flows in 2 min 11 s to 10.20.30.11 and 3 more  flow 1:uP3m8fgJ4RXl3TflJjC9Yes0oAo=
            """);
  }

  @Test
  void longAddressesLoseNothingThatMatters() {
    assertThat(plain(SampleAlerts.ipv6()))
        .isEqualTo(
            """
            2025-11-20 09:04:03  MED   brute-force T1110.001  2001:db8:1111:2222:3333:4444:5555:6666 -> 1 host
              seen  12,345 flows in 1 h 0 min to 2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff
              sure  98 %, uncertainty 4 %: autoencoder 1.0.0 14.2, cnn1d 1.0.0 0.97, random-forest 1.0.0 0.99
              why   SYN Flag Cnt 1 (typical 2) and 2 more  flow 1:ZtI6A5mVAXgo/FwPv7RmJheUj10=
            """);
  }

  @Test
  void littleKnown() {
    assertThat(plain(SampleAlerts.bare()))
        .isEqualTo(
            """
            2025-11-20 09:04:03  LOW   anomaly  203.0.113.45 -> 10.20.30.11, port 22
              seen  1 flow  flow 1:uP3m8fgJ4RXl3TflJjC9Yes0oAo=
              sure  100 %, uncertainty 50 %
            """);
  }

  @Test
  void aProtocolWithoutPorts() {
    assertThat(plain(SampleAlerts.scan(State.NEW, 1)).lines().findFirst())
        .hasValue("2025-11-20 09:06:14  HIGH  scan T1046  203.0.113.45 -> 4 hosts, ICMP");
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void coloursChangeNothingButTheLook(State state) {
    String coloured = new AlertBlock(SampleAlerts.scan(state), true).text();
    assertThat(coloured).contains("\033[1mscan\033[0m");
    assertThat(coloured.replaceAll("\033\\[[0-9;]*m", ""))
        .isEqualTo(plain(SampleAlerts.scan(state)));
  }

  @Test
  void aBlockFitsFourLinesOfAHundredColumns() {
    for (AlertEvent alert :
        new AlertEvent[] {SampleAlerts.scan(State.NEW), SampleAlerts.ipv6(), SampleAlerts.bare()}) {
      assertThat(plain(alert).lines()).hasSizeLessThanOrEqualTo(4).allMatch(l -> l.length() <= 100);
    }
  }
}
