package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {
  private long history;

  private HistoryTest packet(int flags, boolean payload, boolean forward) {
    history = History.after(history, flags, payload, forward);
    return this;
  }

  @Test
  void nothingHappened() {
    packet(0, false, true);
    assertThat(History.text(history)).isEmpty();
  }

  @Test
  void everyLetterOfBothSidesOnceInOrderOfAppearance() {
    for (int round = 0; round < 2; round++) {
      for (boolean forward : new boolean[] {true, false}) {
        packet(SYN, false, forward)
            .packet(SYN | ACK, false, forward)
            .packet(ACK, false, forward)
            .packet(ACK, true, forward)
            .packet(FIN | ACK, false, forward)
            .packet(RST, false, forward);
      }
    }
    assertThat(History.text(history)).isEqualTo("SHADFRshadfr");
  }

  @Test
  void onePacketMayBringSeveralLetters() {
    packet(ACK, true, false).packet(FIN | ACK, true, true);
    assertThat(History.text(history)).isEqualTo("dDF");
  }
}
