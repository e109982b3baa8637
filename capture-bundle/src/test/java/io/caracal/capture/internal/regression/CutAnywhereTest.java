package io.caracal.capture.internal.regression;

import static io.caracal.api.packet.DecodeResult.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every frame of every regression capture, cut at every length as a snapshot length does. What is
 * cut off is never taken for damage, and once a flow is recognised more bytes do not change it.
 */
class CutAnywhereTest {
  private static final int MOST_BYTES = 512;

  private final PacketDecoder decoder = new HeaderDecoderFactory().create();
  private final PacketHeaders headers = new PacketHeaders();

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.caracal.capture.internal.regression.CapturesOfOthersTest#captures")
  void aCutFrameIsTruncatedOrTheSame(Path capture) throws IOException {
    try (PacketInput input = new FileSource().open(SourceRequest.file(capture.toString()))) {
      int[] number = {0};
      while (input.poll(frame -> cut(frame, ++number[0]), 100, 0) != PacketInput.END) {
        assertThat(number[0]).isPositive();
      }
    } catch (IOException refused) {
      assertThat(refused).hasMessageStartingWith(capture.toString());
    }
  }

  private void cut(Frame frame, int number) {
    DecodeResult whole = decoder.decode(frame, headers);
    int depth = whole == OK ? headers.tunnelDepth : 0;
    String flow = whole == OK ? flow() : "";
    int captured = frame.capturedLength;
    int deepest = -1;
    for (int length = 0; length < Math.min(captured, MOST_BYTES); length++) {
      frame.capturedLength = length;
      DecodeResult result = decoder.decode(frame, headers);
      if (result != OK) {
        assertThat(result.key().startsWith("truncated") || result == whole)
            .as("frame %d cut to %d bytes: %s instead of %s", number, length, result, whole)
            .isTrue();
        assertThat(deepest).as("frame %d lost its flow at %d bytes", number, length).isNegative();
      } else {
        assertThat(headers.tunnelDepth).as("depth at %d bytes", length).isBetween(deepest, depth);
        deepest = headers.tunnelDepth;
        if (deepest == depth) {
          assertThat(flow()).as("frame %d cut to %d bytes", number, length).isEqualTo(flow);
        }
      }
    }
    frame.capturedLength = captured;
  }

  private String flow() {
    return headers.protocol
        + " %x:%x %d -> %x:%x %d, %d + %d + %d bytes"
            .formatted(
                headers.sourceHigh,
                headers.sourceLow,
                headers.sourcePort,
                headers.destinationHigh,
                headers.destinationLow,
                headers.destinationPort,
                headers.ipHeaderLength,
                headers.transportHeaderLength,
                headers.payloadLength);
  }
}
