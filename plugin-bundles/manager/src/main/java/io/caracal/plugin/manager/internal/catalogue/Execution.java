package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.plugin.manager.internal.Lifecycle;
import io.caracal.plugin.manager.internal.Plugin;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.manager.internal.Request;
import io.caracal.plugin.manager.internal.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does changes as one: everything is fetched, and several plugins are all examined, before the
 * first is installed; if one fails later, those before it are undone. What is removed is removed
 * last.
 */
public final class Execution implements AutoCloseable {
  private final Lifecycle lifecycle;
  private final Catalogues catalogues;
  private final Request request;
  private final Path folder;
  private final Map<Step, Path> files = new LinkedHashMap<>();
  private final Deque<Undo> undoing = new ArrayDeque<>();

  /** Takes a step back. */
  private interface Undo {
    void run() throws Refusal;
  }

  /** An execution for somebody. */
  public Execution(Lifecycle lifecycle, Catalogues catalogues, Request request) throws Refusal {
    this.lifecycle = lifecycle;
    this.catalogues = catalogues;
    this.request = request;
    try {
      this.folder = Files.createTempDirectory("caracal-");
    } catch (IOException e) {
      throw new Refusal("plugins cannot be fetched (" + e + "); make room for temporary files", e);
    }
  }

  /** Fetches what changes need, and says what would stand against them. */
  public List<String> obstacles(Changes changes) {
    List<String> obstacles = new ArrayList<>();
    try {
      fetch(changes);
      for (Path file : files.values()) {
        if (files.size() == 1) {
          obstacles.addAll(lifecycle.plan(file).obstacles());
        } else {
          lifecycle.verify(file); // the resolver has resolved them together
        }
      }
    } catch (Refusal e) {
      obstacles.add(e.getMessage());
    }
    return obstacles;
  }

  private void fetch(Changes changes) throws Refusal {
    for (Step step : changes.steps()) {
      if (step instanceof Step.Install install) {
        files.put(step, catalogues.fetch(install.offer(), folder));
      }
    }
  }

  /**
   * Does changes.
   *
   * @return the plugins that were installed, put to use or removed, in this order
   * @throws Refusal if they were not done, or undone again
   */
  public List<Plugin> run(Changes changes) throws Refusal {
    try {
      fetch(changes);
      if (files.size() > 1) {
        for (Path file : files.values()) {
          lifecycle.verify(file);
        }
      }
    } catch (Refusal e) {
      lifecycle.refused("install", request, e.getMessage());
      throw e;
    }
    List<Plugin> done = new ArrayList<>();
    for (Step step : changes.steps()) {
      try {
        done.add(run(step));
      } catch (Refusal e) {
        throw new Refusal(e.getMessage() + undo(), e);
      }
    }
    return done;
  }

  private Plugin run(Step step) throws Refusal {
    String name = step.name();
    Optional<Plugin> before = used(name);
    return switch (step) {
      case Step.Install install -> {
        Plugin plugin = lifecycle.install(files.get(install), request);
        undoing.push(() -> lifecycle.remove(name, step.version(), request));
        yield plugin;
      }
      case Step.Promote promote -> {
        Plugin plugin = lifecycle.promote(name, promote.version(), request);
        undoing.push(
            () -> {
              if (before.isPresent()) {
                lifecycle.promote(name, before.get().jar().version(), request);
              } else {
                lifecycle.rollback(name, request);
              }
            });
        yield plugin;
      }
      case Step.Remove remove -> lifecycle.remove(name, remove.version(), request);
    };
  }

  private Optional<Plugin> used(String name) {
    return lifecycle.plugins().stream()
        .filter(plugin -> plugin.jar().symbolicName().equals(name))
        .filter(plugin -> plugin.stage() == Stage.PROMOTED)
        .findFirst();
  }

  private String undo() {
    if (undoing.isEmpty()) {
      return "";
    }
    List<String> failures = new ArrayList<>();
    while (!undoing.isEmpty()) {
      try {
        undoing.pop().run();
      } catch (Refusal e) {
        failures.add(e.getMessage());
      }
    }
    return failures.isEmpty()
        ? "; what was done before it is undone"
        : "; what was done before it could not all be undone: " + String.join("; ", failures);
  }

  @Override
  public void close() {
    for (Path file : files.values()) {
      file.toFile().delete();
      lifecycle.gone(file);
    }
    folder.toFile().delete();
  }
}
