package io.caracal.capture.internal.decode;

import java.util.Arrays;

/**
 * Which ICMP message answers which, so that both directions of an exchange are one flow.
 *
 * @see <a href="https://github.com/corelight/community-id-spec">Community ID, version 1</a>
 */
final class IcmpExchange {
  /** Echo, router discovery, timestamp, information, address mask. */
  static final IcmpExchange V4 = new IcmpExchange(8, 0, 10, 9, 13, 14, 15, 16, 17, 18);

  /** Echo, listener discovery, router and neighbour discovery, node information, home agent. */
  static final IcmpExchange V6 =
      new IcmpExchange(128, 129, 130, 131, 133, 134, 135, 136, 139, 140, 144, 145);

  /** The message belongs to no exchange. */
  static final int NONE = -1;

  private final int[] counterparts = new int[256];

  private IcmpExchange(int... pairs) {
    Arrays.fill(counterparts, NONE);
    for (int i = 0; i < pairs.length; i += 2) {
      counterparts[pairs[i]] = pairs[i + 1];
      counterparts[pairs[i + 1]] = pairs[i];
    }
  }

  /** The type of the reply to a request or of the request to a reply, or {@link #NONE}. */
  int counterpart(int type) {
    return counterparts[type];
  }
}
