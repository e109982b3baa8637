package io.caracal.trainer.mutate;

import io.caracal.trainer.rows.Address;
import io.caracal.trainer.truth.FlowKey;
import io.caracal.trainer.truth.Truth;
import io.caracal.trainer.truth.TruthFlow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts a stretch of time out of a labelled capture, with its attacks or without.
 *
 * @param from where it begins, as a share of the capture's time
 * @param to where it ends
 * @param benign whether packets of flows are left out that the truth does not call benign
 */
public record Cutter(double from, double to, boolean benign) {
  /** Rounding of time stamps in the truth. */
  private static final long SLACK_NANOS = 5_000_000;

  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  /**
   * What was cut.
   *
   * @param before packets of the capture
   * @param after packets that were written
   */
  public record Result(int before, int after) {}

  /** Writes the stretch; packets that are not IP are kept, since the truth does not know them. */
  public Result cut(Path capture, Path truthFile, Path cut) {
    PcapFile file = PcapFile.read(capture);
    long first = file.packets().stream().mapToLong(p -> p.timeNanos).min().orElse(0);
    long last = file.packets().stream().mapToLong(p -> p.timeNanos).max().orElse(0);
    long begin = first + (long) (from * (last - first));
    long end = to >= 1 ? Long.MAX_VALUE : first + (long) (to * (last - first));
    Map<FlowKey, List<TruthFlow>> attacks = benign ? attacks(Truth.read(truthFile)) : Map.of();
    List<Packet> packets = new ArrayList<>();
    for (Packet packet : file.packets()) {
      if (packet.timeNanos >= begin
          && packet.timeNanos < end
          && !(benign && key(packet).filter(k -> attack(attacks, k, packet)).isPresent())) {
        packets.add(packet);
      }
    }
    new PcapFile(file.snapLength(), packets).write(cut);
    return new Result(file.packets().size(), packets.size());
  }

  private static Map<FlowKey, List<TruthFlow>> attacks(Truth truth) {
    Map<FlowKey, List<TruthFlow>> attacks = new HashMap<>();
    for (TruthFlow flow : truth.flows()) {
      if (!flow.benign()) {
        attacks.computeIfAbsent(flow.key(), key -> new ArrayList<>()).add(flow);
      }
    }
    return attacks;
  }

  private static boolean attack(Map<FlowKey, List<TruthFlow>> attacks, FlowKey key, Packet packet) {
    return attacks.getOrDefault(key, List.of()).stream()
        .anyMatch(
            flow ->
                packet.timeNanos >= flow.startNanos() - SLACK_NANOS
                    && packet.timeNanos <= flow.endNanos() + SLACK_NANOS);
  }

  private static Optional<FlowKey> key(Packet packet) {
    Optional<FlowKey> ports = Segment.of(packet).map(Segment::key);
    return ports.isPresent() ? ports : addresses(packet.bytes);
  }

  /** The key of a packet without ports. */
  private static Optional<FlowKey> addresses(byte[] bytes) {
    if (bytes.length >= 34 && u16(bytes, 12) == IPV4) {
      return Optional.of(
          FlowKey.of(address(bytes, 26, 4), 0, address(bytes, 30, 4), 0, bytes[23] & 0xff));
    }
    if (bytes.length >= 54 && u16(bytes, 12) == IPV6) {
      return Optional.of(
          FlowKey.of(address(bytes, 22, 16), 0, address(bytes, 38, 16), 0, bytes[20] & 0xff));
    }
    return Optional.empty();
  }

  private static Address address(byte[] bytes, int at, int length) {
    return length == 4
        ? new Address(false, 0, Long.parseLong(HexFormat.of().formatHex(bytes, at, at + 4), 16))
        : Address.parse(HexFormat.of().formatHex(bytes, at, at + length));
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
