package io.caracal.core.internal.capture;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.core.internal.plugin.Offers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The packet sources that are in use, best first: by service ranking, then by age; of one name the
 * one whose bundle has the highest version.
 */
@Component(service = SourcePool.class)
public final class SourcePool {
  private final Offers<PacketSource> sources;
  private final OpenInputs open = new OpenInputs();
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

  /** Sources whose bundles are in use. */
  @Activate
  public SourcePool(BundleContext context, @Reference PluginRoles roles) {
    this(roles, Offers.versions(context));
  }

  SourcePool(PluginRoles roles, LongFunction<Version> versions) {
    sources = new Offers<>(roles, PacketSource::name, versions, () -> {});
  }

  @Deactivate
  void close() {
    sources.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSource(PacketSource source, Map<String, Object> properties) {
    sources.add(source, properties);
  }

  void unbindSource(PacketSource source) {
    sources.remove(source);
    users.forEach(user -> user.leave(source));
    open.awaitClosed(source);
  }

  void enter(User user) {
    users.add(user);
  }

  void exit(User user) {
    users.remove(user);
  }

  /** The sources that can serve a request, best first. */
  List<PacketSource> supporting(SourceRequest request) {
    return sources.taken().stream().filter(source -> source.supports(request)).toList();
  }

  /**
   * Opens an input by the best source, for as long as the caller likes.
   *
   * @throws IOException with a sentence for the operator
   */
  public PacketInput open(SourceRequest request) throws IOException {
    List<PacketSource> supporting = supporting(request);
    if (supporting.isEmpty()) {
      throw new IOException(
          "no installed packet source reads " + request.name() + "; install the capture bundle");
    }
    return open.open(supporting.getFirst(), request);
  }
}
