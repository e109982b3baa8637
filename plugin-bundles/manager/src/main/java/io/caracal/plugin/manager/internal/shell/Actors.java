package io.caracal.plugin.manager.internal.shell;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Component;

/**
 * Whose each session is. It is no variable of the session, which its user could set to another
 * name.
 */
@Component(service = Actors.class)
public final class Actors {
  private final Map<CommandSession, String> actors = new ConcurrentHashMap<>();

  void enter(CommandSession session, String actor) {
    actors.put(session, actor);
  }

  void leave(CommandSession session) {
    actors.remove(session);
  }

  String of(CommandSession session) {
    return Optional.ofNullable(actors.get(session))
        .orElseThrow(() -> new IllegalStateException("this session is not of the control socket"));
  }
}
