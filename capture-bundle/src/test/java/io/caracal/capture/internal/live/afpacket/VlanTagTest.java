package io.caracal.capture.internal.live.afpacket;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.Frame;
import io.caracal.capture.internal.Frames;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class VlanTagTest {
  private static final byte[] ADDRESSES = Frames.hex("000102030405 060708090a0b");
  private static final byte[] REST = Frames.hex("0800 4500 aabb");

  @Test
  void takesItsPlaceBehindTheAddresses() {
    Frame frame = frame(100);
    new VlanTag(100).restore(frame, 0x602a, 0x88a8);
    assertThat(frame.copy()).isEqualTo(Frames.join(ADDRESSES, Frames.hex("88a8 602a"), REST));
    assertThat(frame.wireLength).isEqualTo(104);
  }

  @Test
  void isOf8021QWhereTheKernelDoesNotSay() {
    Frame frame = frame(18);
    new VlanTag(100).restore(frame, 7, 0);
    assertThat(frame.copy()).isEqualTo(Frames.join(ADDRESSES, Frames.hex("8100 0007"), REST));
  }

  @Test
  void keepsToTheSnapshotLength() {
    Frame frame = frame(18);
    new VlanTag(18).restore(frame, 7, 0);
    assertThat(frame.capturedLength).isEqualTo(18);
    assertThat(frame.wireLength).isEqualTo(22);
  }

  @Test
  void needsBothAddresses() {
    Frame frame = frame(18);
    frame.capturedLength = 11;
    new VlanTag(100).restore(frame, 7, 0);
    assertThat(frame.copy()).isEqualTo(java.util.Arrays.copyOf(ADDRESSES, 11));
    assertThat(frame.wireLength).isEqualTo(18);
  }

  private static Frame frame(int wireLength) {
    Frame frame = new Frame();
    frame.segment = MemorySegment.ofArray(Frames.join(new byte[VlanTag.BYTES], ADDRESSES, REST));
    frame.offset = VlanTag.BYTES;
    frame.capturedLength = ADDRESSES.length + REST.length;
    frame.wireLength = wireLength;
    return frame;
  }
}
