package io.caracal.core.internal.sink;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.core.internal.plugin.Offers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The sinks that are in use: of one name the one whose bundle has the highest version. Who uses
 * them learns when they come, go and change.
 */
@Component(service = SinkPool.class)
public final class SinkPool {
  private final Offers<AlertSink> sinks;
  private final List<User> users = new CopyOnWriteArrayList<>();
  private Map<String, AlertSink> known = Map.of();

  /** Delivers to sinks while it lasts. */
  interface User {
    /** A sink has come. */
    void enter(AlertSink sink);

    /** A sink goes away: once this returns, it is not called again. */
    void leave(AlertSink sink);

    /** Another sink of the same name takes over, from the next event on. */
    void replace(AlertSink sink, AlertSink by);

    /** A sink that was replaced goes away: once this returns, nobody is in it. */
    void release(AlertSink sink);
  }

  /** Sinks whose bundles are in use. */
  @Activate
  public SinkPool(BundleContext context, @Reference PluginRoles roles) {
    this(roles, Offers.versions(context));
  }

  /** Sinks that come in no bundle, all of which are in use. */
  public SinkPool() {
    this(PluginRoles.ALL, bundle -> Version.emptyVersion);
  }

  /** The same where versions of bundles come from elsewhere. */
  SinkPool(PluginRoles roles, LongFunction<Version> versions) {
    sinks = new Offers<>(roles, AlertSink::name, versions, this::tell);
  }

  @Deactivate
  void close() {
    sinks.close();
  }

  /** A sink comes. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindSink(AlertSink sink, Map<String, Object> properties) {
    sinks.add(sink, properties);
  }

  /** A sink goes; once this returns, nobody calls it. */
  public void unbindSink(AlertSink sink) {
    sinks.remove(sink);
    users.forEach(user -> user.release(sink));
  }

  private synchronized void tell() {
    Map<String, AlertSink> before = known;
    known = sinks.taken().stream().collect(Collectors.toMap(AlertSink::name, sink -> sink));
    for (Map.Entry<String, AlertSink> was : before.entrySet()) {
      AlertSink now = known.get(was.getKey());
      if (now == null) {
        users.forEach(user -> user.leave(was.getValue()));
      } else if (now != was.getValue()) {
        users.forEach(user -> user.replace(was.getValue(), now));
      }
    }
    for (Map.Entry<String, AlertSink> is : known.entrySet()) {
      if (!before.containsKey(is.getKey())) {
        users.forEach(user -> user.enter(is.getValue()));
      }
    }
  }

  /** A sink by its name, if it is there. */
  public Optional<AlertSink> named(String name) {
    return sinks.taken().stream().filter(sink -> sink.name().equals(name)).findFirst();
  }

  /** Tells a user of the sinks that are there, and from now on of every change. */
  synchronized void join(User user) {
    users.add(user);
    known.values().forEach(user::enter);
  }

  /** Tells a user no more. */
  synchronized void part(User user) {
    users.remove(user);
  }
}
