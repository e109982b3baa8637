package io.caracal.feature.internal.properties;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Real captures: the sample, and those of the unpacked data folder if CARACAL_DATA names it. */
final class Capture {
  static final Path SAMPLE = Path.of("../samples/campaign-a-slice.pcap.zst");

  private static final int POLL = 1024;

  private Capture() {}

  static Stream<Path> all() throws IOException {
    String data = Objects.requireNonNullElse(System.getenv("CARACAL_DATA"), "");
    if (data.isEmpty()) {
      return Stream.of(SAMPLE);
    }
    try (Stream<Path> files = Files.walk(Path.of(data, "pcap"))) {
      List<Path> captures = files.filter(Files::isRegularFile).sorted().toList();
      return Stream.of(
              Stream.of(SAMPLE, Path.of(data, "campaign-a/capture.pcap")), captures.stream())
          .flatMap(stream -> stream);
    }
  }

  /** Every decoded packet, each in headers of its own. */
  static List<PacketHeaders> packets(Path capture) throws IOException {
    List<PacketHeaders> packets = new ArrayList<>();
    decode(capture, POLL, packets::add);
    return packets;
  }

  /** Polls the capture in portions and hands over headers that are new for each packet. */
  static void decode(Path capture, int poll, Consumer<PacketHeaders> into) throws IOException {
    PacketDecoder decoder = new HeaderDecoderFactory().create();
    each(
        capture,
        poll,
        frame -> {
          PacketHeaders headers = new PacketHeaders();
          if (decoder.decode(frame, headers) == DecodeResult.OK) {
            into.accept(headers);
          }
        });
  }

  static void each(Path capture, int poll, Consumer<Frame> into) throws IOException {
    try (PacketInput input = new FileSource().open(SourceRequest.file(capture.toString()))) {
      while (input.poll(into::accept, poll, 0) != PacketInput.END) {}
    }
  }
}
