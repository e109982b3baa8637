package io.caracal.capture.internal.live.libpcap;

import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.Refusal;
import java.io.IOException;

/**
 * Filters for sockets of the kernel, compiled by libpcap. It must open the interface for that: only
 * then does it know that the kernel keeps VLAN tags beside the frame, and looks for them there.
 */
public final class KernelFilter {
  private static final int SMALL_BUFFER = 1 << 20;

  private KernelFilter() {}

  /**
   * Compiles a filter.
   *
   * @param request has the interface, the filter and the snapshot length
   * @param linkType the LINKTYPE_ value that the frames will have
   * @return an array of {@code struct sock_filter}, 8 bytes each, in the machine's byte order
   * @throws IOException if there is no libpcap, or the filter is not valid
   */
  public static byte[] compile(SourceRequest request, int linkType) throws IOException {
    SourceRequest quiet =
        SourceRequest.live(
            request.name(), request.filter(), request.snapshotLength(), SMALL_BUFFER, 1, false);
    try (LibpcapHandle handle = LibpcapHandle.open(Libpcap.load(request.name()), quiet)) {
      if (handle.linkType() != linkType) {
        throw Refusal.badFilter(
            request, "libpcap sees link type " + handle.linkType() + ", the kernel " + linkType);
      }
      return handle.filterProgram(request);
    }
  }
}
