package io.caracal.testkit;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.View;
import io.caracal.api.packet.PacketHeaders;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;

/** A few flow records by hand, for what writes flows. What is not stated of one is 0. */
public final class SampleFlows {
  /** 2025-11-20 09:04:03.250125500 UTC. */
  public static final long START = 1_763_629_443_250_125_500L;

  private static final long MILLIS = 1_000_000;

  private SampleFlows() {}

  /**
   * A web page over TCP and VLAN 100: 10.0.0.5:40312 to 192.0.2.7:80, closed by both sides, 1.5 s,
   * more payload than float32 holds exactly.
   */
  public static FlowRecord web() {
    return flow(
        Map.ofEntries(
            Map.entry("flowId", 7L),
            Map.entry("identity", identity(false, 40_312, 80, PacketHeaders.TCP, 100, false)),
            Map.entry("protocol", PacketHeaders.TCP),
            Map.entry("startNanos", START),
            Map.entry("lastNanos", START + 1500 * MILLIS),
            Map.entry("writtenNanos", START + 2500 * MILLIS),
            Map.entry("reason", EndReason.FIN),
            Map.entry("checkpoint", 1),
            Map.entry("history", "ShADadFf"),
            Map.entry("forward", direction(6, 652, 332, 64, 64, 0x1B, 0)),
            Map.entry("backward", direction(16_005, 17_417_477, 16_777_217, 57, 58, 0x1B, 3))));
  }

  /** A DNS query over UDP and IPv6 that nobody answered, one packet, ended by silence. */
  public static FlowRecord query() {
    return flow(
        Map.ofEntries(
            Map.entry("flowId", 8L),
            Map.entry("identity", identity(true, 5353, 53, PacketHeaders.UDP, 0, false)),
            Map.entry("protocol", PacketHeaders.UDP),
            Map.entry("startNanos", START + 10 * MILLIS),
            Map.entry("lastNanos", START + 10 * MILLIS),
            Map.entry("writtenNanos", START + 120_010 * MILLIS),
            Map.entry("reason", EndReason.IDLE),
            Map.entry("history", ""),
            Map.entry("forward", direction(1, 78, 30, 255, 255, 0, 0)),
            Map.entry("backward", direction(0, 0, 0, 0, 0, 0, 0))));
  }

  /** An ICMP message that has no answer, type 3 and code 1, seen twice. */
  public static FlowRecord unreachable() {
    return flow(
        Map.ofEntries(
            Map.entry("flowId", 9L),
            Map.entry("identity", identity(false, 3, 1, PacketHeaders.ICMP, 0, true)),
            Map.entry("protocol", PacketHeaders.ICMP),
            Map.entry("startNanos", START + 20 * MILLIS),
            Map.entry("lastNanos", START + 21 * MILLIS),
            Map.entry("writtenNanos", START + 130_000 * MILLIS),
            Map.entry("reason", EndReason.END_OF_CAPTURE),
            Map.entry("history", ""),
            Map.entry("forward", direction(2, 112, 56, 61, 62, 0, 0)),
            Map.entry("backward", direction(0, 0, 0, 0, 0, 0, 0))));
  }

  /** The three of them in a batch. */
  public static FlowBatch batch(List<View> views) {
    FlowBatch batch = new FlowBatch(3, views);
    batch.add(web());
    batch.add(query());
    batch.add(unreachable());
    return batch;
  }

  private static FlowIdentity identity(
      boolean ipv6, int from, int to, int protocol, int vlan, boolean oneWay) {
    long prefix = ipv6 ? 0x20010DB8_00000000L : 0;
    long source = ipv6 ? 5 : 0x0A000005L;
    long destination = ipv6 ? 7 : 0xC0000207L;
    return new FlowIdentity(
        ipv6, prefix, source, from, prefix, destination, to, protocol, vlan, oneWay);
  }

  private static DirectionRecord direction(
      long packets, long ipBytes, long payload, int minTtl, int maxTtl, int flags, long resent) {
    return answering(
        DirectionRecord.class,
        Map.of(
            "packets", packets,
            "ipBytes", ipBytes,
            "payloadBytes", payload,
            "minTtl", minTtl,
            "maxTtl", maxTtl,
            "flagCount", (long) flags,
            "retransmittedPackets", resent));
  }

  private static FlowRecord flow(Map<String, Object> answers) {
    return answering(FlowRecord.class, answers);
  }

  /**
   * An object that answers the methods of its type by name, others with 0, or with an object that
   * does: no packets are remembered, nothing is distributed.
   */
  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer(method, arguments, answers)));
  }

  private static Object answer(Method method, Object[] arguments, Map<String, Object> answers) {
    Class<?> type = method.getReturnType();
    if (type.isInterface()) {
      return answers.getOrDefault(method.getName(), answering(type, Map.of()));
    }
    Object answer = answers.getOrDefault(method.getName(), 0);
    if (method.getName().equals("flagCount")) { // one packet carried each flag of the mask
      return answer instanceof Long mask && (mask & (Integer) arguments[0]) != 0 ? 1L : 0L;
    }
    if (type == boolean.class) {
      return !answer.equals(0);
    }
    if (type == double.class) {
      return ((Number) answer).doubleValue();
    }
    return type == long.class ? ((Number) answer).longValue() : answer;
  }
}
