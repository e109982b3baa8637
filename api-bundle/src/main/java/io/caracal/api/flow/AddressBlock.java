package io.caracal.api.flow;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A block of addresses, as CIDR writes it (RFC 4632, RFC 4291). IPv6 addresses that stand for IPv4
 * ones ({@code ::ffff:0:0/96}) are taken for those.
 *
 * @param ipv6 true for IPv6
 * @param high upper half of the first address
 * @param low lower half of the first address; the unsigned 32-bit address for IPv4
 * @param prefix bits that all addresses share, 0 to 32 or 128
 */
public record AddressBlock(boolean ipv6, long high, long low, int prefix) {
  private static final long MAPPED = 0xFFFFL;
  private static final int MAPPED_PREFIX = 96;
  private static final String IPV4 = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
  private static final String IPV6 = "[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*";

  /**
   * Reads an address or a block.
   *
   * @param text such as {@code 10.0.0.5}, {@code 10.0.0.0/8} or {@code 2001:db8::/32}
   * @return the block
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public static AddressBlock of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!address.matches(IPV4) && !address.matches(IPV6)) {
      throw wrong(text);
    }
    byte[] bytes;
    boolean ipv6 = address.indexOf(':') >= 0;
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      bytes = parsed.getAddress();
      ipv6 = parsed instanceof Inet6Address;
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
    boolean mapped = !ipv6 && address.indexOf(':') >= 0;
    String length = slash < 0 ? "" : text.substring(slash + 1);
    if (slash >= 0 && !length.matches("[0-9]{1,3}")) {
      throw wrong(text);
    }
    int bits = ipv6 ? 128 : 32;
    int prefix = slash < 0 ? bits : Integer.parseInt(length) - (mapped ? MAPPED_PREFIX : 0);
    if (prefix < 0 || prefix > bits) {
      throw wrong(text);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long high = ipv6 ? buffer.getLong() : 0;
    long low = ipv6 ? buffer.getLong() : Integer.toUnsignedLong(buffer.getInt());
    AddressBlock block = new AddressBlock(ipv6, high, low, prefix);
    if (!block.equals(of(ipv6, high, low, prefix))) {
      throw new IllegalArgumentException(
          text
              + " names an address inside a block; write the block "
              + of(ipv6, high, low, prefix)
              + " or the address "
              + address);
    }
    return block;
  }

  /**
   * The block of this length that an address is in.
   *
   * @param ipv6 true for IPv6
   * @param high upper half of the address
   * @param low lower half of the address
   * @param prefix bits that count
   * @return the block
   */
  public static AddressBlock of(boolean ipv6, long high, long low, int prefix) {
    if (ipv6 && high == 0 && low >>> 32 == MAPPED && prefix >= MAPPED_PREFIX) {
      return of(false, 0, low & 0xFFFF_FFFFL, prefix - MAPPED_PREFIX);
    }
    return ipv6
        ? new AddressBlock(
            true, high & mask(Math.min(prefix, 64)), low & mask(Math.max(0, prefix - 64)), prefix)
        : new AddressBlock(false, 0, low & mask(prefix) >>> 32 & 0xFFFF_FFFFL, prefix);
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  /**
   * Whether a block is a part of this one.
   *
   * @param other any block
   * @return true also if they are equal
   */
  public boolean contains(AddressBlock other) {
    return other.ipv6 == ipv6
        && other.prefix >= prefix
        && of(ipv6, other.high, other.low, prefix).equals(this);
  }

  /**
   * Whether they have an address in common.
   *
   * @param other any block
   * @return true if one contains the other
   */
  public boolean meets(AddressBlock other) {
    return contains(other) || other.contains(this);
  }

  /** CIDR notation; a single address without a prefix length. */
  @Override
  public String toString() {
    String address = ipv6 ? AddressText.ipv6(high, low) : AddressText.ipv4((int) low);
    return prefix == (ipv6 ? 128 : 32) ? address : address + "/" + prefix;
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is no address or block; write it like 10.0.0.5, 10.0.0.0/8 or 2001:db8::/32");
  }
}
