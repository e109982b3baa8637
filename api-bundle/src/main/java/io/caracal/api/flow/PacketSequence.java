package io.caracal.api.flow;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The first packets of a flow, at most {@link #CAPACITY}, both directions in the order of arrival.
 */
@ProviderType
public interface PacketSequence {
  /** Packets remembered per flow. */
  int CAPACITY = 32;

  /**
   * Packets remembered.
   *
   * @return 0 to {@link #CAPACITY}
   */
  int size();

  /**
   * Whether a packet went the flow's forward way.
   *
   * @param index 0 to size - 1
   * @return true if forward
   */
  boolean forward(int index);

  /**
   * Payload length.
   *
   * @param index 0 to size - 1
   * @return bytes
   */
  int payloadLength(int index);

  /**
   * Time since the packet before, in either direction.
   *
   * @param index 0 to size - 1
   * @return nanoseconds, at least 0; 0 for the first
   */
  long interArrivalNanos(int index);

  /**
   * TCP flags.
   *
   * @param index 0 to size - 1
   * @return the flag bits, 0 if not TCP
   */
  int tcpFlags(int index);

  /**
   * TCP window.
   *
   * @param index 0 to size - 1
   * @return 0 to 65535
   */
  int tcpWindow(int index);

  /**
   * Transport header length.
   *
   * @param index 0 to size - 1
   * @return bytes
   */
  int transportHeaderLength(int index);
}
