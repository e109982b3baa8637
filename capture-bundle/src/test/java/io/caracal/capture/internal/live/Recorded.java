package io.caracal.capture.internal.live;

import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Frames of the repository's sample, and what comes of them. */
public final class Recorded {
  private static final String SAMPLE = "../samples/campaign-a-slice.pcap.zst";

  private Recorded() {}

  /** The first frames of the sample. */
  public static List<byte[]> frames(int count) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    try (PacketInput input = new FileSource().open(SourceRequest.file(SAMPLE))) {
      while (frames.size() < count) {
        input.poll(frame -> frames.add(frame.copy()), count - frames.size(), 0);
      }
    }
    return frames;
  }

  /** Hands over what has come and still comes until nothing does. */
  public static void poll(PacketInput input, FrameHandler handler) throws IOException {
    int quiet = 0;
    while (quiet < 3) {
      quiet = input.poll(handler, 100, 100) == 0 ? quiet + 1 : 0;
    }
  }

  /** Copies of the frames that {@link #poll} hands over. */
  public static List<byte[]> captured(PacketInput input) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    poll(input, frame -> frames.add(frame.copy()));
    return frames;
  }
}
