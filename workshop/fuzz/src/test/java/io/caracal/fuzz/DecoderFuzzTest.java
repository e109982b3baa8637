package io.caracal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sequences of frames through one decoder, so that fragments meet. Each frame is decoded twice, by
 * two decoders: once in a segment that holds nothing else, so that a read outside the frame throws,
 * and once behind other bytes and into a used cursor. Both must say the same.
 */
@Tag("decoder")
class DecoderFuzzTest {
  private static final int PADDING = 5;

  @MethodSource("io.caracal.fuzz.Seeds#frames")
  @FuzzTest
  void decodes(byte[] script) {
    PacketDecoder alone = new HeaderDecoderFactory().create();
    PacketDecoder behind = new HeaderDecoderFactory().create();
    PacketHeaders fresh = new PacketHeaders();
    for (FrameScript frames = new FrameScript(script); frames.next(); ) {
      Frame frame = frames.frame();
      Frame padded = padded(frame);
      DecodeResult result = alone.decode(frame, fresh);
      Headers.check(result, fresh);
      PacketHeaders used = Headers.used();
      assertThat(behind.decode(padded, used)).isEqualTo(result);
      assertThat(state(padded)).as("a frame is only read").isEqualTo(state(padded(frame)));
      if (result == DecodeResult.OK) {
        assertThat(Headers.values(used)).isEqualTo(Headers.values(fresh));
        assertThat(fresh.timeNanos).isEqualTo(frame.timeNanos);
      }
    }
  }

  private static List<Object> state(Frame frame) {
    return List.of(
        frame.offset, frame.capturedLength, frame.wireLength, frame.timeNanos, frame.linkType);
  }

  private static Frame padded(Frame frame) {
    Frame padded = new Frame();
    byte[] bytes = new byte[PADDING + frame.capturedLength];
    System.arraycopy(frame.copy(), 0, bytes, PADDING, frame.capturedLength);
    padded.segment = MemorySegment.ofArray(bytes);
    padded.offset = PADDING;
    padded.capturedLength = frame.capturedLength;
    padded.wireLength = frame.wireLength;
    padded.timeNanos = frame.timeNanos;
    padded.linkType = frame.linkType;
    return padded;
  }
}
