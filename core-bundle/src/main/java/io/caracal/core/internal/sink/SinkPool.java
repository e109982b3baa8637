package io.caracal.core.internal.sink;

import io.caracal.api.alert.AlertSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The sinks that are there now; who uses them learns when they come and go. */
@Component(service = SinkPool.class)
public final class SinkPool {
  private final List<AlertSink> sinks = new ArrayList<>();
  private final List<User> users = new ArrayList<>();

  /** Delivers to sinks while it lasts. */
  interface User {
    /** A sink has come. */
    void enter(AlertSink sink);

    /** A sink goes away: once this returns, it is not called again. */
    void leave(AlertSink sink);
  }

  /** A sink comes. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public synchronized void bindSink(AlertSink sink) {
    sinks.add(sink);
    users.forEach(user -> user.enter(sink));
  }

  /** A sink goes; once this returns, nobody calls it. */
  public synchronized void unbindSink(AlertSink sink) {
    sinks.remove(sink);
    users.forEach(user -> user.leave(sink));
  }

  /** A sink by its name, if it is there. */
  public synchronized Optional<AlertSink> named(String name) {
    return sinks.stream().filter(sink -> sink.name().equals(name)).findFirst();
  }

  /** Tells a user of the sinks that are there, and from now on of every change. */
  synchronized void join(User user) {
    users.add(user);
    sinks.forEach(user::enter);
  }

  /** Tells a user no more. */
  synchronized void part(User user) {
    users.remove(user);
  }
}
