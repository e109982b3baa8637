package io.caracal.capture.internal.live.afpacket;

import io.caracal.capture.internal.live.LinkTypes;
import java.util.OptionalInt;

/** What the kernel calls the kind of an interface, ARPHRD_ in {@code linux/if_arp.h}. */
final class HardwareType {
  private static final int ETHERNET = 1;
  private static final int LOOPBACK = 772;
  private static final int RAW_IP = 519;
  private static final int NONE = 0xfffe;

  private HardwareType() {}

  /**
   * How frames of such an interface begin.
   *
   * @return a LINKTYPE_ value; empty if this source cannot read them
   */
  static OptionalInt linkType(long hardwareType) {
    return switch ((int) hardwareType) {
      case ETHERNET, LOOPBACK -> OptionalInt.of(LinkTypes.ETHERNET);
      case RAW_IP, NONE -> OptionalInt.of(LinkTypes.RAW_IP);
      default -> OptionalInt.empty();
    };
  }

  /** Each packet passes a loopback interface twice, out and in. */
  static boolean loopback(int hardwareType) {
    return hardwareType == LOOPBACK;
  }
}
