package io.caracal.api.packet;

/**
 * The decoded headers of one packet: a cursor that the decoder overwrites for every frame. Public
 * fields, because this is read several times per packet and holds no invariant of its own.
 */
public final class PacketHeaders {
  /** TCP flag bits as they stand in the header. */
  public static final int FIN = 0x01,
      SYN = 0x02,
      RST = 0x04,
      PSH = 0x08,
      ACK = 0x10,
      URG = 0x20,
      ECE = 0x40,
      CWR = 0x80;

  /** IP protocol numbers. */
  public static final int ICMP = 1, TCP = 6, UDP = 17, ICMPV6 = 58;

  /** Capture time in nanoseconds since 1970-01-01 UTC. */
  public long timeNanos;

  /** True for IPv6, false for IPv4. */
  public boolean ipv6;

  /** Upper 64 bits of the source address, big-endian; 0 for IPv4. */
  public long sourceHigh;

  /** Lower 64 bits of the source address; the unsigned 32-bit address for IPv4. */
  public long sourceLow;

  /** Upper 64 bits of the destination address; 0 for IPv4. */
  public long destinationHigh;

  /** Lower 64 bits of the destination address; the unsigned 32-bit address for IPv4. */
  public long destinationLow;

  /** IP protocol number of the transport (after IPv6 extension headers), 0 to 255. */
  public int protocol;

  /**
   * Ports 0 to 65535. For ICMP and ICMPv6 both directions of an exchange map to one pair, as the
   * Community ID specification v1 defines it (type, and the type of the reply or the code); 0 for
   * other protocols.
   */
  public int sourcePort;

  /** See {@link #sourcePort}. */
  public int destinationPort;

  /**
   * True if source and destination port of ICMP are a one-way type and code, not a request and its
   * reply.
   */
  public boolean oneWay;

  /**
   * 802.1Q VLAN ids of the innermost Ethernet header: the outer in bits 0-11, the inner (QinQ) in
   * bits 12-23; 0 without a tag.
   */
  public int vlan;

  /** IP time to live or hop limit. */
  public int ttl;

  /**
   * Length of the IP packet, header included, in bytes, as the IP header says (not cut by the
   * snapshot length).
   */
  public int ipLength;

  /** IP header length with options and extension headers, in bytes. */
  public int ipHeaderLength;

  /**
   * Transport header length in bytes: TCP with options, UDP 8, ICMP 8; 0 for anything else and
   * non-first fragments.
   */
  public int transportHeaderLength;

  /**
   * Where the transport header begins, or what stands in its place: bytes from the start of the
   * frame.
   */
  public int transportOffset;

  /** Bytes after the transport header, as the IP header says. */
  public int payloadLength;

  /** The TCP flag bits; 0 for anything else. */
  public int tcpFlags;

  /** TCP window as it stands in the header, 0 to 65535. */
  public int tcpWindow;

  /** TCP sequence number, unsigned 32 bits. */
  public long tcpSequence;

  /** TCP acknowledgment number, unsigned 32 bits. */
  public long tcpAcknowledgment;

  /** True if this is a fragment of an IP datagram (first or not). */
  public boolean fragment;

  /**
   * The innermost encapsulation that was taken off; every field above describes the IP packet
   * inside.
   */
  public Encapsulation encapsulation = Encapsulation.NONE;

  /** Encapsulations that were taken off, 0 to 4. */
  public int tunnelDepth;

  /**
   * What the innermost encapsulation says of itself: VXLAN and Geneve network identifier, GRE key,
   * GTP-U tunnel endpoint (one for each direction), ERSPAN session; 0 without.
   */
  public int tunnelId;

  /**
   * Why the decoder did not look into the encapsulation that this packet carries, so that it counts
   * as a packet between the tunnel's ends; {@link DecodeResult#OK} if there was nothing more to
   * look into.
   */
  public DecodeResult inner = DecodeResult.OK;

  /** Whether the snapshot length cut the frame. */
  public boolean truncated;

  /**
   * Transaction id of a DNS query or answer over UDP port 53, 0 to 65535; 0 for anything else. Set
   * together with {@link #dnsQueryType}.
   */
  public int dnsQueryId;

  /** Type of the first question of that message, for example 1 for A; 0 without one. */
  public int dnsQueryType;

  /** Time to live of the first A record of a DNS answer, unsigned 32 bits, seconds; 0 without. */
  public long dnsAnswerTtl;

  /** Response code of a DNS answer, 0 to 15, for example 3 for a name that is not; -1 without. */
  public int dnsResponseCode = -1;

  /** Reply code that a packet from TCP port 21 begins with, 100 to 659; 0 without one. */
  public int ftpReplyCode;

  /** Creates an empty cursor. */
  public PacketHeaders() {}
}
