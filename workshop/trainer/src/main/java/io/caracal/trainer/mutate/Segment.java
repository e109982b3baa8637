package io.caracal.trainer.mutate;

import io.caracal.trainer.rows.Address;
import io.caracal.trainer.truth.FlowKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A TCP segment or UDP datagram over IPv4 or IPv6 in an Ethernet frame, of which at least the
 * headers were captured. What changes in it changes its lengths and checksums too. A checksum over
 * bytes that were not captured is carried on by the difference (RFC 1624), which is exact as long
 * as those bytes stay where they are.
 */
final class Segment {
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;
  static final int PSH = 8;
  static final int ACK = 16;

  private static final int MTU = 1500;

  /** Bytes of the shortest Ethernet frame, which ends in padding if need be. */
  private static final int SHORTEST = 60;

  final Packet packet;
  private final Offsets offsets;
  private final int ip;
  private final int transport;
  private final int payload;

  private Segment(Packet packet, Offsets offsets) {
    this.packet = packet;
    this.offsets = offsets;
    this.ip = offsets.ip();
    this.transport = offsets.transport();
    this.payload = offsets.payload();
  }

  /** Reads a packet's headers; empty if it is something else, a fragment, or cut in its headers. */
  static Optional<Segment> of(Packet packet) {
    return Offsets.in(packet.bytes)
        .map(offsets -> new Segment(packet, offsets))
        .filter(segment -> segment.payloadLength() >= 0);
  }

  /** The same headers on a packet of its own. */
  Segment copy() {
    return new Segment(
        new Packet(packet.timeNanos, packet.bytes.clone(), packet.wireLength), offsets);
  }

  boolean tcp() {
    return offsets.protocol() == Offsets.TCP;
  }

  FlowKey key() {
    return FlowKey.of(
        source(), sourcePort(), address(false), u16(transport + 2), offsets.protocol());
  }

  Address source() {
    return address(true);
  }

  int sourcePort() {
    return u16(transport);
  }

  private Address address(boolean source) {
    int length = v4() ? 4 : 16;
    int at = ip + (v4() ? 12 : 8) + (source ? 0 : length);
    if (v4()) {
      return new Address(false, 0, Integer.toUnsignedLong(i32(at)));
    }
    return Address.parse(HexFormat.of().formatHex(packet.bytes, at, at + 16));
  }

  private boolean v4() {
    return (packet.bytes[ip] & 0xf0) == 0x40;
  }

  /** Bytes of payload on the wire. */
  int payloadLength() {
    int total = v4() ? u16(ip + 2) : 40 + u16(ip + 4);
    return total - (payload - ip);
  }

  /** Whether the checksum is that of the segment, which must be captured whole. */
  boolean checksumHolds() {
    int at = offsets.checksum();
    return InternetChecksum.fold(covered(at) + u16(at) + pseudoHeader()) == 0xffff;
  }

  /** By how much the payload may grow within the usual Ethernet frame. */
  int room() {
    return Math.max(0, MTU - (payload - ip) - payloadLength());
  }

  int sequence() {
    return i32(transport + 4);
  }

  int acknowledgment() {
    return i32(transport + 8);
  }

  int flags() {
    return packet.bytes[transport + 13] & 0xff;
  }

  boolean has(int flag) {
    return tcp() && (flags() & flag) != 0;
  }

  int window() {
    return u16(transport + 14);
  }

  void sequence(int value) {
    change(() -> putI32(transport + 4, value));
  }

  /** Sets the acknowledgement; edges of selective ones (RFC 2018) go the same way. */
  void acknowledge(IntUnaryOperator map) {
    change(
        () -> {
          putI32(transport + 8, map.applyAsInt(acknowledgment()));
          int at = transport + 20;
          while (at + 1 < payload && packet.bytes[at] != 0) {
            int kind = packet.bytes[at];
            int length = kind == 1 ? 1 : Math.max(2, packet.bytes[at + 1] & 0xff);
            for (int edge = at + 2;
                kind == 5 && edge + 4 <= Math.min(at + length, payload);
                edge += 4) {
              putI32(edge, map.applyAsInt(i32(edge)));
            }
            at += length;
          }
        });
  }

  void flags(int value) {
    change(() -> packet.bytes[transport + 13] = (byte) value);
  }

  void window(int value) {
    change(() -> putU16(transport + 14, value));
  }

  /** Makes the payload longer by zeros, or cuts its end off. */
  void resize(int length, int snapLength) {
    int before = payloadLength();
    boolean whole = whole();
    boolean trailer = packet.wireLength > payload + before;
    int wire = Math.max(payload + length, trailer ? SHORTEST : 0);
    int most = whole ? Math.max(snapLength, packet.bytes.length) : packet.bytes.length;
    change(
        () -> {
          packet.bytes = Arrays.copyOf(packet.bytes, Math.min(wire, most));
          packet.wireLength = wire;
          if (whole) {
            int end = Math.min(payload + Math.min(before, length), packet.bytes.length);
            Arrays.fill(packet.bytes, end, packet.bytes.length, (byte) 0);
          }
          lengths(length);
        });
  }

  /** Drops the beginning of the payload. */
  void skip(int count) {
    int left = payloadLength() - count;
    int captured = Math.min(packet.bytes.length - payload, payloadLength());
    int kept = Math.max(0, captured - count);
    change(
        () -> {
          byte[] bytes = Arrays.copyOf(packet.bytes, payload + kept);
          System.arraycopy(packet.bytes, payload + captured - kept, bytes, payload, kept);
          packet.bytes = bytes;
          packet.wireLength = payload + left;
          lengths(left);
        });
  }

  private void lengths(int length) {
    int total = payload - ip + length;
    if (v4()) {
      putU16(ip + 2, total);
      putU16(ip + 10, 0);
      putU16(ip + 10, ~InternetChecksum.fold(sum(ip, transport)));
    } else {
      putU16(ip + 4, total - 40);
    }
    if (offsets.protocol() == Offsets.UDP) {
      putU16(transport + 4, total - (transport - ip));
    }
  }

  /** Keeps the checksum true for a change of what it covers. */
  private void change(Runnable change) {
    int at = offsets.checksum();
    int before = u16(at);
    long sum = covered(at);
    boolean known = whole();
    change.run();
    if (offsets.protocol() == Offsets.UDP && before == 0) {
      return;
    }
    long carried = (~before & 0xffff) + covered(at) + (0xffff - InternetChecksum.fold(sum));
    int after =
        ~InternetChecksum.fold(known || !whole() ? carried : covered(at) + pseudoHeader()) & 0xffff;
    putU16(at, offsets.protocol() == Offsets.UDP && after == 0 ? 0xffff : after);
  }

  private boolean whole() {
    return packet.bytes.length >= payload + payloadLength();
  }

  /** One's complement sum of the captured bytes and the length, without the checksum itself. */
  private long covered(int checksum) {
    int end = Math.min(packet.bytes.length, payload + payloadLength());
    return sum(transport, end) - u16(checksum) + payload - transport + payloadLength();
  }

  /** What else a checksum covers: the addresses and the protocol. */
  private long pseudoHeader() {
    int addresses = ip + (v4() ? 12 : 8);
    return sum(addresses, addresses + (v4() ? 8 : 32)) + offsets.protocol();
  }

  private long sum(int from, int to) {
    return InternetChecksum.sum(packet.bytes, from, to);
  }

  private int u16(int at) {
    return Short.toUnsignedInt(ByteBuffer.wrap(packet.bytes).getShort(at));
  }

  private int i32(int at) {
    return ByteBuffer.wrap(packet.bytes).getInt(at);
  }

  private void putI32(int at, int value) {
    ByteBuffer.wrap(packet.bytes).putInt(at, value);
  }

  private void putU16(int at, int value) {
    ByteBuffer.wrap(packet.bytes).putShort(at, (short) value);
  }
}
