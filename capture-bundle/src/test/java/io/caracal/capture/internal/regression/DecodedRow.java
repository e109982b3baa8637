package io.caracal.capture.internal.regression;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the decoder says of a frame, in the columns that {@code make-expected} writes. */
final class DecodedRow {
  private static final int RESULT = 3;
  private static final int SOURCE = 4;
  private static final int DESTINATION = 5;

  private final PacketDecoder decoder = new HeaderDecoderFactory().create();
  private final PacketHeaders headers = new PacketHeaders();

  String of(Frame frame) {
    DecodeResult result = decoder.decode(frame, headers);
    String capture = frame.timeNanos + "\t" + frame.capturedLength + "\t" + frame.wireLength;
    return capture + "\t" + (result == DecodeResult.OK ? flow() : result.key());
  }

  private String flow() {
    return Stream.of(
            DecodeResult.OK.key(),
            address(headers.sourceHigh, headers.sourceLow),
            address(headers.destinationHigh, headers.destinationLow),
            headers.protocol,
            headers.sourcePort,
            headers.destinationPort,
            headers.ipLength,
            headers.payloadLength,
            headers.ttl,
            headers.tcpFlags,
            headers.tcpWindow,
            headers.vlan,
            tunnel())
        .map(String::valueOf)
        .collect(Collectors.joining("\t"));
  }

  private String tunnel() {
    return headers.tunnelDepth == 0
        ? "-"
        : headers.encapsulation.key()
            + ":"
            + Integer.toUnsignedString(headers.tunnelId)
            + ":"
            + headers.tunnelDepth;
  }

  private String address(long high, long low) {
    ByteBuffer bytes =
        headers.ipv6
            ? ByteBuffer.allocate(16).putLong(high).putLong(low)
            : ByteBuffer.allocate(4).putInt((int) low);
    try {
      return InetAddress.getByAddress(bytes.array()).getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  /** An expected row with addresses as Java writes them. */
  static String canonical(String row) {
    String[] columns = row.split("\t");
    if (columns[RESULT].equals(DecodeResult.OK.key())) {
      columns[SOURCE] = InetAddress.ofLiteral(columns[SOURCE]).getHostAddress();
      columns[DESTINATION] = InetAddress.ofLiteral(columns[DESTINATION]).getHostAddress();
    }
    return String.join("\t", columns);
  }
}
