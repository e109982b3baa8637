package io.caracal.api.packet;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to get frames; one OSGi service is one way (files, pcap4j, ...). The host asks every
 * source, highest service ranking first, which one supports a request. Implementations are
 * thread-safe: several inputs may be opened at once.
 */
@ConsumerType
public interface PacketSource {
  /**
   * The short name that settings and statistics use.
   *
   * @return for example {@code file} or {@code pcap4j}
   */
  String name();

  /**
   * Says whether this source can serve a request of this kind. It must be quick and must not open
   * anything.
   *
   * @param request what is wanted
   * @return true if {@link #open} is worth a try
   */
  boolean supports(SourceRequest request);

  /**
   * Opens the input.
   *
   * @param request what is wanted
   * @return an open input, owned by the caller
   * @throws IOException with one sentence that names the input, the reason and the remedy; it is
   *     shown to the operator
   */
  PacketInput open(SourceRequest request) throws IOException;

  /**
   * Opens the input split into lanes, each to be polled by a thread of its own. All packets between
   * two hosts (of the outermost IP header) come in the same lane, in the same one for every input
   * that is split into as many: so both directions, all fragments and all tunnels between two ends
   * meet.
   *
   * @param request what is wanted
   * @param lanes most inputs that are of use, at least 1
   * @return as many inputs, or a single one if this source cannot split; owned by the caller
   * @throws IOException as {@link #open} does
   */
  default List<PacketInput> openLanes(SourceRequest request, int lanes) throws IOException {
    return List.of(open(request));
  }
}
