package io.caracal.benchmarks.intake;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A lane whose frames lie in memory of its own, as in a ring: nothing but decoding. */
final class ResidentDecode implements Contender {
  private static final int FRAMES = 20_000;
  private static final int REPEATS = 500;
  private static final long ROOM = 64L << 20;

  private final PacketDecoder decoder = new HeaderDecoderFactory().create();
  private final PacketHeaders headers = new PacketHeaders();
  private final Frame frame = new Frame();
  private final MemorySegment memory = Arena.ofAuto().allocate(ROOM);
  private final long[] offsets = new long[FRAMES];
  private final int[] captured = new int[FRAMES];
  private final int[] wire = new int[FRAMES];
  private int frames;
  private long used;
  private long lengths;

  /** Takes the first frames of a capture. */
  ResidentDecode(Path capture) throws IOException {
    try (PacketInput input = new FileSource().open(SourceRequest.file(capture.toString()))) {
      int delivered = 0;
      while (delivered != PacketInput.END && frames < FRAMES) {
        delivered = input.poll(this::keep, 1, 0);
      }
    }
    frame.segment = memory;
  }

  private void keep(Frame next) {
    if (used + next.capturedLength > ROOM) {
      return;
    }
    MemorySegment.copy(next.segment, next.offset, memory, used, next.capturedLength);
    offsets[frames] = used;
    captured[frames] = next.capturedLength;
    wire[frames] = next.wireLength;
    frame.linkType = next.linkType;
    used += next.capturedLength;
    frames++;
  }

  @Override
  public String name() {
    return "frames in memory, all headers decoded";
  }

  @Override
  public long run() {
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      for (int i = 0; i < frames; i++) {
        frame.offset = offsets[i];
        frame.capturedLength = captured[i];
        frame.wireLength = wire[i];
        decoder.decode(frame, headers);
        lengths += headers.ipLength;
      }
    }
    return lengths == 0 ? 0 : (long) REPEATS * frames;
  }
}
