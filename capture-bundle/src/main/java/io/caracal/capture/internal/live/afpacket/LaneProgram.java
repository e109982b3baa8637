package io.caracal.capture.internal.live.afpacket;

/**
 * The programs that choose a frame's lane: a mix of the two addresses of its outermost IP header in
 * which they may be exchanged, so that both directions, all fragments and all tunnels between two
 * hosts meet. The kernel divides the result, unsigned, by the number of lanes; the remainder is the
 * lane. What is not IP goes to lane 0.
 *
 * <p>In a fanout group the kernel shows received frames from the network header on and sent ones
 * from the link layer on, so nothing is loaded from where the frame begins: {@code SKF_LL_OFF} and
 * {@code SKF_NET_OFF} name the headers themselves. A VLAN tag that the kernel took out is not seen
 * at all; those inside the frame are skipped.
 */
final class LaneProgram {
  /** {@code SKF_LL_OFF}: what is added to it counts from the link-layer header. */
  static final int LINK = -0x20_0000;

  /** {@code SKF_NET_OFF}: what is added to it counts from the network header. */
  static final int NETWORK = -0x10_0000;

  private static final int ETHERNET_HEADER = 14;
  private static final int ETHERNET_TYPE = 12;
  private static final int TAG = 4;
  private static final int MAX_TAGS = 2;
  private static final int IPV4_ADDRESSES = 12;
  private static final int IPV6_ADDRESSES = 8;

  // Odd numbers with well spread bits: the golden ratio, and two of the primes of xxHash32.
  private static final int GOLDEN = 0x9e37_79b1;
  private static final int SPREAD = 0x85eb_ca77;
  private static final int FOLD = 0xc2b2_ae3d;

  // Words of scratch memory.
  private static final int SOURCE = 0;
  private static final int DESTINATION = 1;
  private static final int BETWEEN = 2;
  private static final int SKIPPED = 3;

  private LaneProgram() {}

  static SocketFilter ethernet() {
    BpfAssembler program = new BpfAssembler();
    for (int tags = 0; tags <= MAX_TAGS; tags++) {
      String tagged = "tag " + (tags + 1);
      program.label("tag " + tags).loadX(tags * TAG).loadHalf(LINK + ETHERNET_TYPE + tags * TAG);
      if (tags < MAX_TAGS) {
        program.jumpIfEqual(0x8100, tagged).jumpIfEqual(0x88a8, tagged).jumpIfEqual(0x9100, tagged);
        program.jump("type");
      }
    }
    program.label("type").jumpIfEqual(0x0800, "IPv4").jumpIfEqual(0x86dd, "IPv6").returnConstant(0);
    return addresses(program, LINK + ETHERNET_HEADER).assemble();
  }

  static SocketFilter rawIp() {
    BpfAssembler program = new BpfAssembler().loadX(0).loadByte(NETWORK).and(0xf0);
    program.jumpIfEqual(0x40, "IPv4").jumpIfEqual(0x60, "IPv6").returnConstant(0);
    return addresses(program, NETWORK).assemble();
  }

  private static BpfAssembler addresses(BpfAssembler program, int ip) {
    program.label("IPv4");
    program.loadWordAtX(ip + IPV4_ADDRESSES).store(SOURCE);
    program.loadWordAtX(ip + IPV4_ADDRESSES + 4).store(DESTINATION).jump("mix");
    program.label("IPv6").storeX(SKIPPED);
    fold(program, ip + IPV6_ADDRESSES, SOURCE);
    fold(program, ip + IPV6_ADDRESSES + 16, DESTINATION);
    return mix(program.label("mix"));
  }

  /** The four words of an IPv6 address become one. */
  private static void fold(BpfAssembler program, int address, int into) {
    program.loadXScratch(SKIPPED).loadWordAtX(address);
    for (int word = 4; word < 16; word += 4) {
      program.multiply(FOLD).store(BETWEEN);
      program.loadXScratch(SKIPPED).loadWordAtX(address + word).loadXScratch(BETWEEN).addX();
    }
    program.store(into);
  }

  /** The sum and the difference by bits, neither of which knows the order; spread, then shifted. */
  private static BpfAssembler mix(BpfAssembler program) {
    program.loadScratch(SOURCE).loadXScratch(DESTINATION).xorX().multiply(GOLDEN).store(BETWEEN);
    program.loadScratch(SOURCE).addX().multiply(SPREAD).loadXScratch(BETWEEN).addX();
    program.copyToX().shiftRight(16).xorX().multiply(FOLD);
    return program.copyToX().shiftRight(15).xorX().returnAccumulator();
  }
}
