package io.caracal.plugin.manager.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a plugin from its file to use: staged, verified, resolved, started beside what is there,
 * tested, tried, promoted. What is refused on the way leaves nothing behind. Thread-safe.
 */
final class Installation {
  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

  private final PluginStore store;
  private final Transitions transitions;
  private final Gate gate;
  private final SelfTest selfTest;
  private final Trial trial;
  private final long limit;

  /**
   * Installs into a store.
   *
   * @param limit most bytes of a jar
   */
  Installation(
      PluginStore store,
      Transitions transitions,
      Gate gate,
      SelfTest selfTest,
      Trial trial,
      long limit) {
    this.store = store;
    this.transitions = transitions;
    this.gate = gate;
    this.selfTest = selfTest;
    this.trial = trial;
    this.limit = limit;
  }

  /** Examines a jar and does nothing with it. */
  Lifecycle.Verified verify(Path file) throws Refusal {
    PluginJar jar = PluginJar.read(file, limit);
    String signer = gate.admit(jar, store.journal());
    return new Lifecycle.Verified(
        jar.symbolicName(), jar.version().toString(), signer, jar.sha256());
  }

  /** Tells what would come of installing a plugin; nothing of it is left. */
  Plan plan(Path file) throws Refusal {
    PluginJar jar = PluginJar.read(file, limit);
    List<String> obstacles = new ArrayList<>();
    String signer = "";
    synchronized (transitions) {
      try {
        requireNew(jar);
        signer = gate.admit(jar, store.journal());
        Bundle bundle = store.bundles().install(jar);
        store.bundles().unmet(bundle).forEach(lack -> obstacles.add("it " + lack));
        store.bundles().discard(bundle);
      } catch (Refusal e) {
        obstacles.add(e.getMessage());
      }
    }
    String from =
        store
            .installed()
            .used(jar.symbolicName())
            .map(used -> " in place of " + used.jar().version())
            .orElse("");
    return new Plan(
        jar.symbolicName(),
        jar.version().toString(),
        signer,
        List.of(jar.title() + " would be put to use" + from),
        obstacles);
  }

  /** Takes a plugin from its file to use. */
  Plugin install(Path file, Request request) throws Refusal {
    Optional<PluginJar> jar = Optional.empty();
    Steps steps = new Steps();
    try {
      store.files().create(); // the journal of what is refused lies there too
      jar = Optional.of(steps.take("stage", () -> PluginJar.read(file, limit)));
      return install(jar.get(), file, request, steps);
    } catch (Refusal e) {
      store.refused(jar, file, request.actor(), e.getMessage());
      throw e;
    }
  }

  /** A trial on live flows holds up no other change. */
  private Plugin install(PluginJar jar, Path file, Request request, Steps steps) throws Refusal {
    Plugin tested;
    synchronized (transitions) {
      Optional<Plugin> same = requireNew(jar);
      if (same.isPresent()) {
        return same.get();
      }
      tested = test(jar, file, steps);
    }
    try {
      if (trial.wanted(tested, request)) {
        store.installed().put(tested.at(Stage.SHADOW, ""));
        steps
            .take("shadow", () -> trial.run(tested))
            .ifPresent(report -> LOG.info("plugin {}: {}", jar.title(), report));
      }
      return use(tested, request, steps);
    } catch (Refusal e) {
      store.forget(tested);
      throw e;
    }
  }

  /** The plugin of the same bytes, if it is installed. */
  private Optional<Plugin> requireNew(PluginJar jar) throws Refusal {
    Optional<Plugin> same = store.installed().find(jar.symbolicName(), jar.version());
    if (same.filter(known -> !known.jar().sha256().equals(jar.sha256())).isPresent()) {
      throw new Refusal(
          jar.title()
              + " is installed already with other content; give "
              + jar.name()
              + " a new version");
    }
    return same;
  }

  private Plugin test(PluginJar jar, Path file, Steps steps) throws Refusal {
    String signer = steps.take("verify", () -> gate.admit(jar, store.journal()));
    Bundle bundle = steps.take("resolve", () -> store.bundles().resolve(jar));
    steps.act("start", () -> store.bundles().start(bundle, jar));
    try {
      steps.act("test", () -> selfTest.check(bundle));
    } catch (Refusal e) {
      store.bundles().discard(bundle);
      throw e;
    }
    Plugin tested =
        new Plugin(
            jar, file, bundle, signer, Stage.TESTED, "", System.nanoTime(), steps.milliseconds());
    store.installed().put(tested);
    return tested;
  }

  private Plugin use(Plugin tested, Request request, Steps steps) throws Refusal {
    PluginJar jar = tested.jar();
    synchronized (transitions) {
      if (store.installed().find(jar.symbolicName(), jar.version()).isEmpty()) {
        throw new Refusal(jar.title() + " was taken away before it was put to use");
      }
      if (!store.files().holds(tested.file())) {
        Plugin placed = tested.from(steps.take("place", () -> place(jar)));
        store.installed().put(placed);
        return transitions.promote(placed, "install", request.actor(), steps);
      }
      Optional<Change> before =
          store.journal().last(jar).filter(known -> known.stage().installed());
      return before.isPresent()
          ? transitions.restore(tested, before.get())
          : transitions.promote(tested, "install", request.actor(), steps);
    }
  }

  private Path place(PluginJar jar) throws Refusal {
    if (!store.journal().owned()) {
      throw new Refusal(
          jar.title()
              + " is not installed: another process works on the folder of plugins; stop it, or let"
              + " it do that");
    }
    try {
      return store.files().place(jar);
    } catch (IOException e) {
      throw new Refusal(
          jar.title()
              + " cannot be put into the folder of plugins ("
              + e
              + "); make room or rights",
          e);
    }
  }
}
