package io.caracal.api.packet;

import java.io.IOException;
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
}
