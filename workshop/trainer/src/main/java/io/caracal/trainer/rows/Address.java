package io.caracal.trainer.rows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An IP address as two longs; IPv4 has 0 and the unsigned address.
 *
 * @param ipv6 whether it is an IPv6 address
 * @param high upper half
 * @param low lower half
 */
public record Address(boolean ipv6, long high, long low) implements Comparable<Address> {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern BARE_IPV6 = Pattern.compile("[0-9a-fA-F]{32}");

  /**
   * Reads dotted IPv4, IPv6 with colons, or IPv6 as 32 hexadecimal digits.
   *
   * @param text the address
   * @return its value
   * @throws IllegalArgumentException if it is none of these
   */
  public static Address parse(String text) {
    byte[] bytes;
    if (BARE_IPV6.matcher(text).matches()) {
      bytes = HexFormat.of().parseHex(text);
    } else if (LITERAL.matcher(text).matches()) {
      try {
        bytes = InetAddress.getByName(text).getAddress();
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(text + " is no IP address", e);
      }
    } else {
      throw new IllegalArgumentException(text + " is no IP address");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == 4
        ? new Address(false, 0, Integer.toUnsignedLong(buffer.getInt()))
        : new Address(true, buffer.getLong(), buffer.getLong());
  }

  @Override
  public int compareTo(Address other) {
    int order = Boolean.compare(ipv6, other.ipv6);
    if (order == 0) {
      order = Long.compareUnsigned(high, other.high);
    }
    return order == 0 ? Long.compareUnsigned(low, other.low) : order;
  }
}
