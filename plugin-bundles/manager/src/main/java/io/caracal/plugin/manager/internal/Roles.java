package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.PluginRoles;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ObjLongConsumer;
import org.osgi.service.component.annotations.Component;

/** The roles of bundles. A change of several is one volatile write. Thread-safe. */
@Component(service = {PluginRoles.class, Roles.class})
public final class Roles implements PluginRoles {
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private final List<ObjLongConsumer<String>> accounts = new CopyOnWriteArrayList<>();
  private volatile Set<Long> held = Set.of();

  @Override
  public boolean inUse(long bundle) {
    return !held.contains(bundle);
  }

  @Override
  public Watch watch(Runnable changed) {
    watchers.add(changed);
    return () -> watchers.remove(changed);
  }

  @Override
  public void quarantine(long bundle, String reason) {
    change(Set.of(bundle), Set.of());
    accounts.forEach(account -> account.accept(reason, bundle));
  }

  /**
   * Asks to be told what is quarantined and why, by the thread on which the plugin failed; that is
   * a lane, so it must not be blocked.
   */
  Watch onQuarantine(ObjLongConsumer<String> account) {
    accounts.add(account);
    return () -> accounts.remove(account);
  }

  /** Takes bundles out of use and puts others to use, at once. */
  synchronized void change(Set<Long> hold, Set<Long> use) {
    Set<Long> now = new HashSet<>(held);
    now.addAll(hold);
    now.removeAll(use);
    held = Set.copyOf(now);
    watchers.forEach(Runnable::run);
  }
}
