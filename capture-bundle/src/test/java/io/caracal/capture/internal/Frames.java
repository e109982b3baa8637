package io.caracal.capture.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Builds frames layer by layer: each layer takes the bytes of what it carries. */
public final class Frames {
  public static final int IPV4 = 0x0800;
  public static final int IPV6 = 0x86dd;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int GRE = 47;

  /** The Ethernet type of a whole Ethernet frame. */
  public static final int BRIDGED = 0x6558;

  private Frames() {}

  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  public static byte[] ethernet(int type, byte[] payload) {
    return join(hex("020000000002 020000000001"), uint16(type), payload);
  }

  /** A tag of which the type stands in the layer before. */
  public static byte[] vlan(int id, int type, byte[] payload) {
    return join(uint16(0x2000 | id), uint16(type), payload);
  }

  public static byte[] tcp(int source, int destination, int flags, byte[] payload) {
    return tcp(source, destination, flags, new byte[0], payload);
  }

  public static byte[] tcp(int source, int destination, int flags, byte[] options, byte[] payload) {
    ByteBuffer header = ByteBuffer.allocate(20);
    header.putShort((short) source).putShort((short) destination);
    header.putInt(0x89abcdef).putInt(0xfedcba98);
    header.put((byte) ((5 + options.length / 4) << 4)).put((byte) flags).putShort((short) 0xfff0);
    return join(header.array(), options, payload);
  }

  public static byte[] udp(int source, int destination, byte[] payload) {
    return join(
        uint16(source), uint16(destination), uint16(8 + payload.length), uint16(0), payload);
  }

  public static byte[] icmp(int type, int code, byte[] payload) {
    return join(new byte[] {(byte) type, (byte) code}, hex("0000 1234 0001"), payload);
  }

  public static byte[] sctp(int source, int destination, byte[] chunks) {
    return join(uint16(source), uint16(destination), new byte[8], chunks);
  }

  /** A stack of labels, the last of which is marked as the bottom. */
  public static byte[] mpls(int labels, byte[] payload) {
    ByteBuffer stack = ByteBuffer.allocate(4 * labels);
    for (int label = labels; label > 0; label--) {
      stack.putInt((1000 + label) << 12 | (label == 1 ? 0x100 : 0) | 64);
    }
    return join(stack.array(), payload);
  }

  /** A session's data; the payload begins with the PPP protocol. */
  public static byte[] pppoe(byte[] payload) {
    return join(hex("1100 0007"), uint16(payload.length), payload);
  }

  /** GRE, of which the optional fields are the first bytes of the payload. */
  public static byte[] gre(int flags, int type, byte[] payload) {
    return join(uint16(flags), uint16(type), payload);
  }

  public static byte[] vxlan(int network, byte[] frame) {
    return join(hex("08000000"), uint32(network << 8), frame);
  }

  public static byte[] geneve(int network, int type, byte[] options, byte[] payload) {
    byte[] lengths = {(byte) (options.length / 4), 0};
    return join(lengths, uint16(type), uint32(network << 8), options, payload);
  }

  /** A user's packet; the optional fields, if the flags announce any, are the first of it. */
  public static byte[] gtpU(int flags, int endpoint, byte[] payload) {
    byte[] type = {(byte) (0x30 | flags), (byte) 255};
    return join(type, uint16(payload.length), uint32(endpoint), payload);
  }

  public static Ipv4 ipv4(int protocol) {
    return new Ipv4(protocol);
  }

  public static Ipv6 ipv6(int protocol) {
    return new Ipv6(protocol);
  }

  static byte[] uint16(int value) {
    return new byte[] {(byte) (value >>> 8), (byte) value};
  }

  static byte[] uint32(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** An IPv4 packet, unless told otherwise from 10.0.0.1 to 192.168.0.200. */
  public static final class Ipv4 {
    private final int protocol;
    private String addresses = "0a000001 c0a800c8";
    private byte[] options = {};
    private int identification;
    private int fragment;
    private int totalLength = -1;

    private Ipv4(int protocol) {
      this.protocol = protocol;
    }

    public Ipv4 options(int bytes) {
      options = new byte[bytes];
      Arrays.fill(options, (byte) 1);
      return this;
    }

    /** Between two addresses of 8 hexadecimal digits. */
    public Ipv4 between(String source, String destination) {
      addresses = source + destination;
      return this;
    }

    /** A fragment at an offset in bytes. */
    public Ipv4 fragment(int id, int offset, boolean more) {
      identification = id;
      fragment = (offset / 8) | (more ? 0x2000 : 0);
      return this;
    }

    public Ipv4 totalLength(int length) {
      totalLength = length;
      return this;
    }

    public byte[] carrying(byte[] payload) {
      int headerLength = 20 + options.length;
      ByteBuffer header = ByteBuffer.allocate(20);
      header.put((byte) (0x40 | headerLength / 4)).put((byte) 0);
      header.putShort((short) (totalLength < 0 ? headerLength + payload.length : totalLength));
      header.putShort((short) identification).putShort((short) fragment);
      header.put((byte) 64).put((byte) protocol).putShort((short) 0);
      header.put(hex(addresses));
      return join(header.array(), options, payload);
    }
  }

  /** An IPv6 packet from 2001:db8::1 to 2001:db8::2; extension headers in the order of calls. */
  public static final class Ipv6 {
    private final int protocol;
    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    private int first = -1;
    private int lastNext = -1;
    private int payloadLength = -1;

    private Ipv6(int protocol) {
      this.protocol = protocol;
    }

    /** Any header of the usual form; its length is a multiple of 8 bytes. */
    public Ipv6 extension(int header, int bytes) {
      byte[] content = new byte[bytes];
      content[1] = (byte) (bytes / 8 - 1);
      return add(header, content);
    }

    public Ipv6 authentication(int bytes) {
      byte[] content = new byte[bytes];
      content[1] = (byte) (bytes / 4 - 2);
      return add(51, content);
    }

    public Ipv6 fragment(int id, int offset, boolean more) {
      ByteBuffer content = ByteBuffer.allocate(8);
      content.putShort((short) 0).putShort((short) (offset | (more ? 1 : 0))).putInt(id);
      return add(44, content.array());
    }

    private Ipv6 add(int header, byte[] content) {
      if (first < 0) {
        first = header;
      } else {
        next(header);
      }
      lastNext = extensions.size();
      extensions.writeBytes(content);
      return this;
    }

    private void next(int header) {
      byte[] soFar = extensions.toByteArray();
      soFar[lastNext] = (byte) header;
      extensions.reset();
      extensions.writeBytes(soFar);
    }

    public Ipv6 payloadLength(int length) {
      payloadLength = length;
      return this;
    }

    public byte[] carrying(byte[] payload) {
      if (first < 0) {
        first = protocol;
      } else {
        next(protocol);
      }
      int length = payloadLength < 0 ? extensions.size() + payload.length : payloadLength;
      ByteBuffer header = ByteBuffer.allocate(40);
      header.putInt(0x6000_0000).putShort((short) length).put((byte) first).put((byte) 63);
      header.put(hex("20010db8000000000000000000000001"));
      header.put(hex("20010db8000000000000000000000002"));
      return join(header.array(), extensions.toByteArray(), payload);
    }
  }
}
