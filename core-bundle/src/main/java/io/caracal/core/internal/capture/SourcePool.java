package io.caracal.core.internal.capture;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The packet sources that are installed, best first: by service ranking, then by age. */
@Component(service = SourcePool.class)
public final class SourcePool {
  private final NavigableSet<Installed> installed = new ConcurrentSkipListSet<>();
  private final Set<User> users = ConcurrentHashMap.newKeySet();

  /** Holds inputs of sources while it lasts. */
  @FunctionalInterface
  interface User {
    /**
     * A source goes away. It is no longer among {@link #supporting}, and once this returns, no
     * input of it may be open.
     */
    void leave(PacketSource source);
  }

  private record Installed(int ranking, long serviceId, PacketSource source)
      implements Comparable<Installed> {
    private static final Comparator<Installed> BEST_FIRST =
        Comparator.comparingInt(Installed::ranking)
            .reversed()
            .thenComparingLong(Installed::serviceId);

    static Installed of(PacketSource source, Map<String, Object> properties) {
      return new Installed(
          properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0,
          (Long) properties.get(Constants.SERVICE_ID),
          source);
    }

    @Override
    public int compareTo(Installed other) {
      return BEST_FIRST.compare(this, other);
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSource(PacketSource source, Map<String, Object> properties) {
    installed.add(Installed.of(source, properties));
  }

  void unbindSource(PacketSource source, Map<String, Object> properties) {
    installed.remove(Installed.of(source, properties));
    users.forEach(user -> user.leave(source));
  }

  void enter(User user) {
    users.add(user);
  }

  void exit(User user) {
    users.remove(user);
  }

  /** The sources that can serve a request, best first. */
  List<PacketSource> supporting(SourceRequest request) {
    return installed.stream()
        .map(Installed::source)
        .filter(source -> source.supports(request))
        .toList();
  }

  /**
   * Opens an input by the best source, for as long as the caller likes.
   *
   * @throws IOException with a sentence for the operator
   */
  public PacketInput open(SourceRequest request) throws IOException {
    List<PacketSource> sources = supporting(request);
    if (sources.isEmpty()) {
      throw new IOException(
          "no installed packet source reads " + request.name() + "; install the capture bundle");
    }
    return sources.getFirst().open(request);
  }
}
