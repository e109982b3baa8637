package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;

/**
 * Zeek's connection history in one long: the letters in order of appearance, each at most once per
 * direction.
 *
 * <p>A letter is one of S (SYN), H (SYN and ACK), A (ACK and nothing else), D (payload), F (FIN), R
 * (RST), capital if the initiator sent it. Twelve letters of four bits fill bits 0 to 47, latest
 * lowest; the set of letters seen stands in bits 48 to 59.
 */
final class History {
  private static final String LETTERS = "SHADFRshadfr";
  private static final int PER_DIRECTION = 6;
  private static final int SYN_ONLY = 1, SYN_ACK = 2, PURE_ACK = 4, DATA = 8, END = 16, RESET = 32;
  private static final int SEEN_SHIFT = 48;
  private static final long ORDER_MASK = (1L << SEEN_SHIFT) - 1;

  private History() {}

  /** The history after one more TCP packet. */
  static long after(long history, int tcpFlags, boolean payload, boolean forward) {
    int letters = letters(tcpFlags, payload) << (forward ? 0 : PER_DIRECTION);
    long fresh = letters & ~(history >>> SEEN_SHIFT);
    return fresh == 0 ? history : append(history, fresh);
  }

  private static int letters(int tcpFlags, boolean payload) {
    int letters = payload ? DATA : 0;
    if ((tcpFlags & SYN) != 0) {
      letters |= (tcpFlags & ACK) != 0 ? SYN_ACK : SYN_ONLY;
    }
    if ((tcpFlags & FIN) != 0) {
      letters |= END;
    }
    if ((tcpFlags & RST) != 0) {
      letters |= RESET;
    }
    return letters == 0 && (tcpFlags & ACK) != 0 ? PURE_ACK : letters;
  }

  private static long append(long history, long fresh) {
    long order = history & ORDER_MASK;
    for (long rest = fresh; rest != 0; rest &= rest - 1) {
      // Codes count from 1, so that a leading S is not an empty history.
      order = (order << 4) | (Long.numberOfTrailingZeros(rest) + 1);
    }
    return (((history >>> SEEN_SHIFT) | fresh) << SEEN_SHIFT) | order;
  }

  static String text(long history) {
    StringBuilder text = new StringBuilder();
    for (long rest = history & ORDER_MASK; rest != 0; rest >>>= 4) {
      text.append(LETTERS.charAt((int) (rest & 15) - 1));
    }
    return text.reverse().toString();
  }
}
