package io.caracal.benchmarks.intake;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.nio.file.Path;

/** Ours: the file source and the decoder. One per thread. */
final class FileDecode implements Contender {
  private static final int POLL = 4096;

  private final Path capture;
  private final PacketDecoder decoder = new HeaderDecoderFactory().create();
  private final PacketHeaders headers = new PacketHeaders();
  private long lengths;

  FileDecode(Path capture) {
    this.capture = capture;
  }

  @Override
  public String name() {
    return "our file source, all headers decoded";
  }

  @Override
  public long run() throws IOException {
    lengths = 0;
    try (PacketInput input = new FileSource().open(SourceRequest.file(capture.toString()))) {
      int delivered = 0;
      while (delivered != PacketInput.END) {
        delivered = input.poll(this::decode, POLL, 0);
      }
      if (lengths == 0) {
        throw new IOException(capture + " holds no packet; give a capture with traffic");
      }
      return input.counters().packets();
    }
  }

  private void decode(Frame frame) {
    decoder.decode(frame, headers);
    lengths += headers.ipLength;
  }
}
