package io.caracal.export.text.internal;

import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;

/**
 * A flow's id as Zeek spells one: C and 17 digits of base 62. Made of 101 bits of who talked to
 * whom and when, so that the same capture gives the same ids.
 */
final class ConnUid {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int HALF = 9;

  private ConnUid() {}

  static String of(FlowSummary flow) {
    FlowIdentity who = flow.who();
    long hosts = mixed(who.sourceHigh() ^ Long.rotateLeft(who.destinationHigh(), 1));
    hosts = mixed(hosts ^ who.sourceLow() ^ Long.rotateLeft(who.destinationLow(), 32));
    long ports = (long) who.sourcePort() << 32 | (long) who.destinationPort() << 8 | who.protocol();
    long first = mixed(hosts ^ ports);
    long second = mixed(first ^ flow.startNanos() ^ Long.rotateLeft(flow.flowId(), 40));
    StringBuilder uid = new StringBuilder(2 * HALF).append('C');
    append(uid, first, HALF);
    append(uid, second, HALF - 1);
    return uid.toString();
  }

  private static void append(StringBuilder uid, long bits, int digits) {
    long rest = bits;
    for (int i = 0; i < digits; i++) {
      uid.append(DIGITS.charAt((int) Long.remainderUnsigned(rest, DIGITS.length())));
      rest = Long.divideUnsigned(rest, DIGITS.length());
    }
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit depends on every other. */
  private static long mixed(long value) {
    long bits = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return bits ^ (bits >>> 31);
  }
}
