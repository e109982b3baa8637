package io.caracal.benchmarks;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Packets of a capture, decoded beforehand. */
final class CapturedTraffic {
  private static final int POLL = 1024;

  private CapturedTraffic() {}

  static List<PacketHeaders> packets(Path capture, int limit) throws IOException {
    PacketDecoder decoder = new HeaderDecoderFactory().create();
    List<PacketHeaders> packets = new ArrayList<>();
    try (PacketInput input = new FileSource().open(SourceRequest.file(capture.toString()))) {
      int delivered = 0;
      while (delivered != PacketInput.END && packets.size() < limit) {
        delivered =
            input.poll(
                frame -> {
                  PacketHeaders headers = new PacketHeaders();
                  if (decoder.decode(frame, headers) == DecodeResult.OK) {
                    packets.add(headers);
                  }
                },
                POLL,
                0);
      }
    }
    if (packets.isEmpty()) {
      throw new IOException(capture + " holds no IP packet: give a capture with traffic");
    }
    return packets;
  }
}
