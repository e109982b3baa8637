package io.caracal.capture.internal.live.afpacket;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.SourceRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingSizeTest {
  @ParameterizedTest(name = "{0} bytes for frames of {1}: {3} blocks of {2}")
  @CsvSource({
    "67108864, 262144, 1048576, 64",
    "0, 262144, 1048576, 64",
    "8388608, 16384, 524288, 16",
    "8388608, 262144, 524288, 16",
    "262144, 16384, 32768, 8",
    "1, 64, 4096, 2",
    "1, 65535, 131072, 2",
    "2147483647, 96, 1048576, 2047",
  })
  void blocksHoldAFrameAndAreSeveral(int buffer, int snapshot, int blockBytes, int blocks) {
    SourceRequest request = SourceRequest.live("lo", "", snapshot, buffer, 20, true);
    assertThat(RingSize.of(request)).isEqualTo(new RingSize(blockBytes, blocks));
  }
}
