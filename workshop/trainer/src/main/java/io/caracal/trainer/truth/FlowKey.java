package io.caracal.trainer.truth;

import io.caracal.trainer.rows.Address;
import java.util.Set;

/**
 * Who talks to whom in either direction: the smaller endpoint stands first. Ports count for
 * protocols that have them; ICMP is known by addresses alone, since tools disagree on what its
 * ports are.
 *
 * @param first smaller endpoint's address
 * @param firstPort its port, or 0
 * @param second larger endpoint's address
 * @param secondPort its port, or 0
 * @param protocol IP protocol number
 */
public record FlowKey(Address first, int firstPort, Address second, int secondPort, int protocol) {
  private static final Set<Integer> WITH_PORTS = Set.of(6, 17, 132);

  /**
   * The key of a conversation.
   *
   * @param from one address
   * @param fromPort its port
   * @param to the other address
   * @param toPort its port
   * @param protocol IP protocol number
   * @return the same in either direction
   */
  public static FlowKey of(Address from, int fromPort, Address to, int toPort, int protocol) {
    boolean ports = WITH_PORTS.contains(protocol);
    int a = ports ? fromPort : 0;
    int b = ports ? toPort : 0;
    int order = from.compareTo(to);
    return order < 0 || (order == 0 && a <= b)
        ? new FlowKey(from, a, to, b, protocol)
        : new FlowKey(to, b, from, a, protocol);
  }
}
