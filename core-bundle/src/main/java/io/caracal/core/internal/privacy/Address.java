package io.caracal.core.internal.privacy;

import io.caracal.api.flow.AddressText;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An address as events hold it.
 *
 * @param ipv6 whether it is one of IPv6
 * @param high its upper half; 0 for IPv4
 * @param low its lower half, or the IPv4 address
 */
record Address(boolean ipv6, long high, long low) {
  private static final String MAPPED = "::ffff:";

  /** Reads what {@link AddressText} writes; empty for other texts. */
  static Optional<Address> parse(String text) {
    boolean mapped = text.startsWith(MAPPED) && text.contains("."); // stays one of IPv6
    try {
      byte[] bytes =
          InetAddress.ofLiteral(mapped ? text.substring(MAPPED.length()) : text).getAddress();
      return Optional.of(mapped ? of(bytes).mapped() : of(bytes));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** From 4 or 16 bytes. */
  static Address of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == Integer.BYTES
        ? new Address(false, 0, Integer.toUnsignedLong(buffer.getInt()))
        : new Address(true, buffer.getLong(), buffer.getLong());
  }

  private Address mapped() {
    return new Address(true, 0, 0xFFFF_0000_0000L | low);
  }

  byte[] bytes() {
    return ipv6
        ? ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array()
        : ByteBuffer.allocate(Integer.BYTES).putInt((int) low).array();
  }

  String text() {
    return AddressText.of(ipv6, high, low);
  }
}
