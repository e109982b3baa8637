package io.caracal.feature.internal.view;

import static io.caracal.feature.internal.view.Quantity.BYTES;
import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.FLAG_BITS;
import static io.caracal.feature.internal.view.Quantity.WINDOW;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.FlowRecord;

/** Columns of the {@code nf} view: how much was sent. */
final class NfVolume {
  private static final int FLAGS = 8;

  private NfVolume() {}

  static void bytesAndPackets(DirectionRecord in, DirectionRecord out, Row row) {
    row.put("IN_BYTES", BYTES, "IP bytes from client to server, headers included.", in.ipBytes());
    row.put("IN_PKTS", COUNT, "Packets from client to server.", in.packets());
    row.put("OUT_BYTES", BYTES, "IP bytes from server to client, headers included.", out.ipBytes());
    row.put("OUT_PKTS", COUNT, "Packets from server to client.", out.packets());
  }

  static void flags(DirectionRecord in, DirectionRecord out, Row row) {
    int client = seen(in);
    int server = seen(out);
    row.put("TCP_FLAGS", FLAG_BITS, "Bitwise or of all packets' TCP flags.", client | server);
    row.put(
        "CLIENT_TCP_FLAGS",
        FLAG_BITS,
        "Bitwise or of the TCP flags of the client's packets.",
        client);
    row.put(
        "SERVER_TCP_FLAGS",
        FLAG_BITS,
        "Bitwise or of the TCP flags of the server's packets.",
        server);
  }

  static void lengths(DirectionRecord in, DirectionRecord out, Row row) {
    int longest = Math.max(in.maxIpLength(), out.maxIpLength());
    int shortest = shortest(in, out);
    row.put("LONGEST_FLOW_PKT", BYTES, "Length of the longest IP packet.", longest);
    row.put("SHORTEST_FLOW_PKT", BYTES, "Length of the shortest IP packet.", shortest);
    row.put("MIN_IP_PKT_LEN", BYTES, "Length of the shortest IP packet.", shortest);
    row.put("MAX_IP_PKT_LEN", BYTES, "Length of the longest IP packet.", longest);
  }

  static void retransmitted(DirectionRecord in, DirectionRecord out, Row row) {
    row.put(
        "RETRANSMITTED_IN_BYTES",
        BYTES,
        "Payload bytes of the client's TCP segments that were sent before.",
        in.retransmittedBytes());
    row.put(
        "RETRANSMITTED_IN_PKTS",
        COUNT,
        "The client's TCP segments with payload that was sent before.",
        in.retransmittedPackets());
    row.put(
        "RETRANSMITTED_OUT_BYTES",
        BYTES,
        "Payload bytes of the server's TCP segments that were sent before.",
        out.retransmittedBytes());
    row.put(
        "RETRANSMITTED_OUT_PKTS",
        COUNT,
        "The server's TCP segments with payload that was sent before.",
        out.retransmittedPackets());
  }

  static void sizes(FlowRecord flow, Row row) {
    row.put(
        "NUM_PKTS_UP_TO_128_BYTES",
        COUNT,
        "IP packets of at most 128 bytes.",
        flow.packetsOfSize(0));
    row.put(
        "NUM_PKTS_128_TO_256_BYTES",
        COUNT,
        "IP packets of 129 to 256 bytes.",
        flow.packetsOfSize(1));
    row.put(
        "NUM_PKTS_256_TO_512_BYTES",
        COUNT,
        "IP packets of 257 to 512 bytes.",
        flow.packetsOfSize(2));
    row.put(
        "NUM_PKTS_512_TO_1024_BYTES",
        COUNT,
        "IP packets of 513 to 1024 bytes.",
        flow.packetsOfSize(3));
    row.put(
        "NUM_PKTS_1024_TO_1514_BYTES",
        COUNT,
        "IP packets of 1025 to 1514 bytes; longer ones are counted nowhere.",
        flow.packetsOfSize(4));
  }

  static void windows(DirectionRecord in, DirectionRecord out, Row row) {
    row.put("TCP_WIN_MAX_IN", WINDOW, "The client's largest TCP window, unscaled.", in.maxWindow());
    row.put(
        "TCP_WIN_MAX_OUT", WINDOW, "The server's largest TCP window, unscaled.", out.maxWindow());
  }

  private static int seen(DirectionRecord side) {
    int flags = 0;
    for (int flag = 0; flag < FLAGS; flag++) {
      flags |= side.flagCount(1 << flag) > 0 ? 1 << flag : 0;
    }
    return flags;
  }

  private static int shortest(DirectionRecord in, DirectionRecord out) {
    return out.packets() == 0
        ? in.minIpLength()
        : in.packets() == 0 ? out.minIpLength() : Math.min(in.minIpLength(), out.minIpLength());
  }
}
