package io.caracal.capture.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** All that a capture gives. */
record Reading(List<Packet> packets, List<String> notices, SourceCounters counters) {

  record Packet(long timeNanos, int linkType, int wireLength, String frame) {
    static Packet of(long timeNanos, int linkType, byte[] frame) {
      return of(timeNanos, linkType, frame.length, frame);
    }

    static Packet of(long timeNanos, int linkType, int wireLength, byte[] frame) {
      return new Packet(timeNanos, linkType, wireLength, HexFormat.of().formatHex(frame));
    }
  }

  static Reading of(Path directory, byte... content) throws IOException {
    return of(Files.write(directory.resolve("capture"), content));
  }

  /** Reads in small steps, so that every state between two polls is passed. */
  static Reading of(Path file) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (PacketInput input = new FileSource().open(SourceRequest.file(file.toString()))) {
      double progress = input.progress();
      while (input.poll(
              frame ->
                  packets.add(
                      new Packet(
                          frame.timeNanos,
                          frame.linkType,
                          frame.wireLength,
                          HexFormat.of().formatHex(frame.copy()))),
              2,
              0)
          != PacketInput.END) {
        assertThat(input.progress()).isBetween(progress, 1.0);
        progress = input.progress();
      }
      assertThat(input.poll(frame -> {}, 1, 0)).isEqualTo(PacketInput.END);
      return new Reading(packets, input.notices(), input.counters());
    }
  }
}
