package io.caracal.capture.internal.live;

import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.util.List;

/** Why an interface cannot be captured, in the same words for every source. */
public final class Refusal {
  private Refusal() {}

  /**
   * There is no such interface.
   *
   * @param name what was asked for
   * @param names the interfaces there are
   * @return the sentence
   */
  public static IOException noSuchInterface(String name, List<String> names) {
    return new IOException(
        name + " is not an interface; choose one of " + String.join(", ", names));
  }

  /**
   * The interface is there but down.
   *
   * @param name of the interface
   * @return the sentence
   */
  public static IOException interfaceDown(String name) {
    return new IOException(name + " is down; bring it up with ip link set " + name + " up");
  }

  /**
   * The interface went down or away while it was captured.
   *
   * @param name of the interface
   * @param reason what the kernel or the library says
   * @return the sentence
   */
  public static IOException interfaceLost(String name, String reason) {
    return new IOException(
        name + " cannot be captured any more (" + reason + "); check that it is there and up");
  }

  /**
   * The user may not capture.
   *
   * @param name of the interface
   * @return the sentence
   */
  public static IOException notPermitted(String name) {
    return new IOException(
        name
            + " may not be captured by this user; give the sensor the capability CAP_NET_RAW"
            + " (AmbientCapabilities=CAP_NET_RAW in a systemd unit, setpriv in a shell, see"
            + " docs/capture.md), or run it as root");
  }

  /**
   * The filter does not compile or is not accepted.
   *
   * @param request has the filter
   * @param reason what the compiler says
   * @return the sentence
   */
  public static IOException badFilter(SourceRequest request, String reason) {
    return new IOException(
        "the filter \""
            + request.filter()
            + "\" is not valid on "
            + request.name()
            + " ("
            + reason
            + "); see man pcap-filter");
  }

  /**
   * The kernel has no memory for the capture buffer.
   *
   * @param request has the size
   * @return the sentence
   */
  public static IOException bufferTooLarge(SourceRequest request) {
    return new IOException(
        request.name()
            + " cannot be captured because the kernel has no memory for a buffer of "
            + request.bufferBytes()
            + " bytes; set capture.buffer-bytes lower");
  }

  /**
   * libpcap is not installed.
   *
   * @param name of the interface
   * @return the sentence
   */
  public static IOException noLibpcap(String name) {
    return new IOException(
        name
            + " cannot be captured because this machine has no libpcap;"
            + " install the Debian package libpcap0.8");
  }

  /**
   * Anything else.
   *
   * @param name of the interface
   * @param reason what the kernel or the library says
   * @return the sentence
   */
  public static IOException other(String name, String reason) {
    return new IOException(
        name + " cannot be captured: " + reason + "; check the interface and its driver");
  }
}
