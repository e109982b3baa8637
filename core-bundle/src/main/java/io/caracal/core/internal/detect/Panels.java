package io.caracal.core.internal.detect;

import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.ensemble.GuardedEnsemble;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses the {@link Panel}: which of the installed detectors are asked ({@code detectors.scope})
 * and which of those see only what the others left open ({@code cascade.late}). The choice follows
 * detectors and ensembles that come and go. Thread-safe.
 */
public final class Panels {
  private static final String ALL = "all";
  private static final String NEEDED = "needed";

  private final DetectorPool detectors;
  private final EnsemblePool ensembles;
  private final Set<String> scope;
  private final Panel.Late late;
  private volatile Chosen chosen =
      new Chosen(-1, new Panel(List.of(), Panel.Late.NONE, none(), List.of()));

  private record Chosen(int changes, Panel panel) {}

  private static Optional<GuardedEnsemble> none() {
    return Optional.empty();
  }

  /** A choice among what is installed. */
  public Panels(Settings settings, DetectorPool detectors, EnsemblePool ensembles) {
    this.detectors = detectors;
    this.ensembles = ensembles;
    this.scope = names(settings.text("detectors.scope", NEEDED));
    this.late = late(settings.text("cascade.late", "sequences"));
  }

  private static Panel.Late late(String setting) {
    return switch (setting) {
      case "none" -> Panel.Late.NONE;
      case "sequences" -> new Panel.Late(List.of(), true, false);
      case "unsupervised" -> new Panel.Late(List.of(), true, true);
      default -> new Panel.Late(List.copyOf(names(setting)), false, false);
    };
  }

  private static Set<String> names(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Goes up whenever other detectors or another ensemble are at work than before. */
  public int changes() {
    return detectors.changes() + ensembles.changes();
  }

  /** Calls of ensembles that failed. */
  public long ensembleFailures() {
    return ensembles.failures();
  }

  /** Those that are at work now; the same object as long as nothing changes. */
  public Panel current() {
    Chosen now = chosen;
    int changes = changes();
    if (now.changes() != changes) {
      now = new Chosen(changes, choose());
      chosen = now;
    }
    return now.panel();
  }

  private Panel choose() {
    Optional<GuardedEnsemble> ensemble = ensembles.current();
    List<Slot> asked = detectors.slots().stream().filter(slot -> asked(slot.id, ensemble)).toList();
    return new Panel(asked, late, ensemble, detectors.onlookers());
  }

  /** Without an ensemble nobody can tell who is needed. */
  private boolean asked(String id, Optional<GuardedEnsemble> ensemble) {
    return scope.contains(ALL)
        || scope.contains(id)
        || ensemble.isEmpty()
        || ensemble.get().description().members().contains(id);
  }
}
