package io.caracal.core.internal.capture;

import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which of the installed sources may capture an interface, and which of them are worth a try. */
final class SourceChoice {
  private final InterfaceName wanted;
  private final SourceRequest request;
  private final SourcePool pool;

  /** Sources that did not open the interface; tried again only once they come anew. */
  private final Set<PacketSource> refused = new HashSet<>();

  SourceChoice(InterfaceName wanted, SourceRequest request, SourcePool pool) {
    this.wanted = wanted;
    this.request = request;
    this.pool = pool;
  }

  /** The sources that may be used, best first; throws a sentence if there is none. */
  List<PacketSource> all() {
    List<PacketSource> installed = pool.supporting(request);
    List<PacketSource> allowed =
        installed.stream().filter(candidate -> wanted.allows(candidate.name())).toList();
    if (!allowed.isEmpty()) {
      return allowed;
    }
    List<String> names = installed.stream().map(PacketSource::name).distinct().toList();
    throw new IllegalArgumentException(
        names.isEmpty()
            ? "no installed packet source captures "
                + wanted.name()
                + "; install the capture bundle"
            : "no packet source '"
                + wanted.source()
                + "' is installed to capture "
                + wanted.name()
                + "; choose one of "
                + String.join(", ", names));
  }

  /**
   * The sources that are better than the one in use and have not refused, best first; among them
   * another version of the same one, if that is in use now.
   */
  List<PacketSource> betterThan(PacketSource now) {
    List<PacketSource> installed = pool.supporting(request);
    refused.retainAll(installed);
    List<PacketSource> better = new ArrayList<>();
    for (PacketSource candidate : installed) {
      if (candidate == now) {
        break;
      }
      if (wanted.allows(candidate.name()) && !refused.contains(candidate)) {
        better.add(candidate);
      }
      if (candidate.name().equals(now.name())) {
        break;
      }
    }
    return better;
  }

  /** Remembers that a source did not open the interface; false if that was known. */
  boolean refuse(PacketSource source) {
    return refused.add(source);
  }
}
