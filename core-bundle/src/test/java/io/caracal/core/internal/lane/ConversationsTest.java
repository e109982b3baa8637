package io.caracal.core.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.packet.PacketHeaders;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConversationsTest {
  private final Conversations conversations = new Conversations();

  /** An object that answers some of its type's methods by name. */
  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.get(method.getName())));
  }

  private static DirectionRecord direction(long packets, long acknowledging) {
    return answering(DirectionRecord.class, Map.of("packets", packets, "flagCount", acknowledging));
  }

  private void end(int protocol, EndReason reason, DirectionRecord there, DirectionRecord back) {
    conversations.count(
        answering(
            FlowRecord.class,
            Map.of("protocol", protocol, "reason", reason, "forward", there, "backward", back)));
  }

  @Test
  void countsConversationsAndThoseWithOneSide() {
    end(PacketHeaders.TCP, EndReason.FIN, direction(6, 5), direction(5, 5));
    end(PacketHeaders.TCP, EndReason.IDLE, direction(6, 5), direction(0, 0));
    end(PacketHeaders.TCP, EndReason.IDLE, direction(0, 0), direction(4, 4));
    assertThat(conversations.ended()).isEqualTo(3);
    assertThat(conversations.oneSided()).isEqualTo(2);
  }

  @Test
  void scansAndFloodsAreNoConversations() {
    end(PacketHeaders.TCP, EndReason.IDLE, direction(1, 0), direction(0, 0)); // SYN
    end(PacketHeaders.TCP, EndReason.IDLE, direction(1000, 0), direction(0, 0)); // SYN flood
    end(PacketHeaders.TCP, EndReason.RST, direction(2, 1), direction(1, 1)); // connect and reset
    end(PacketHeaders.TCP, EndReason.IDLE, direction(2, 2), direction(0, 0)); // ACK scan
    assertThat(conversations.ended()).isZero();
  }

  @Test
  void onlyTheEndOfATcpFlowCounts() {
    end(PacketHeaders.TCP, EndReason.CHECKPOINT, direction(8, 8), direction(0, 0));
    end(PacketHeaders.UDP, EndReason.IDLE, direction(8, 8), direction(0, 0));
    assertThat(conversations.ended()).isZero();
  }
}
