package io.caracal.api.flow;

/** Addresses as text: IPv4 dotted, IPv6 in the canonical form of RFC 5952. */
public final class AddressText {
  private static final int GROUPS = 8;
  private static final long MAPPED = 0xFFFFL;

  private AddressText() {}

  /**
   * Writes an address.
   *
   * @param ipv6 whether it is one of IPv6
   * @param high its upper half; 0 for IPv4
   * @param low its lower half, or the IPv4 address
   * @return for example {@code 2001:db8::1}
   */
  public static String of(boolean ipv6, long high, long low) {
    return ipv6 ? ipv6(high, low) : ipv4((int) low);
  }

  static String ipv4(int address) {
    return (address >>> 24)
        + "."
        + ((address >>> 16) & 0xFF)
        + "."
        + ((address >>> 8) & 0xFF)
        + "."
        + (address & 0xFF);
  }

  /** Section 4: lower case, no leading zeros, "::" for the first of the longest runs of zeros. */
  static String ipv6(long high, long low) {
    if (high == 0 && low >>> 32 == MAPPED) {
      return "::ffff:" + ipv4((int) low); // section 5
    }
    int zeros = 0;
    int zerosLength = 1; // a single zero group is not shortened (section 4.2.2)
    for (int start = 0; start < GROUPS; start++) {
      int end = start;
      while (end < GROUPS && group(high, low, end) == 0) {
        end++;
      }
      if (end - start > zerosLength) {
        zeros = start;
        zerosLength = end - start;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (zerosLength > 1 && i == zeros) {
        text.append("::");
        i += zerosLength - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(high, low, i)));
      }
    }
    return text.toString();
  }

  private static int group(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xFFFF;
  }
}
