package io.caracal.plugin.manager.internal.command;

import io.caracal.plugin.manager.internal.Lifecycle;
import io.caracal.plugin.manager.internal.Plugin;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.manager.internal.Request;
import io.caracal.plugin.manager.internal.catalogue.Catalogues;
import io.caracal.plugin.manager.internal.catalogue.Changes;
import io.caracal.plugin.manager.internal.catalogue.Desired;
import io.caracal.plugin.manager.internal.catalogue.Execution;
import io.caracal.plugin.manager.internal.catalogue.Offer;
import io.caracal.plugin.manager.internal.catalogue.Planner;
import io.caracal.plugin.manager.internal.catalogue.Step;
import io.caracal.plugin.manager.internal.catalogue.Wanted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Commands about what catalogues offer. */
final class FromCatalogue {
  private final Lifecycle lifecycle;
  private final Catalogues catalogues;
  private final Planner planner;

  /**
   * What is done, or would be.
   *
   * @param steps such as {@code install org.acme.scan 1.2.0}
   * @param notes what else there is to know
   * @param obstacles why it cannot be done; empty if it can
   */
  public record Outcome(List<String> steps, List<String> notes, List<String> obstacles) {}

  FromCatalogue(Lifecycle lifecycle, Catalogues catalogues, Planner planner) {
    this.lifecycle = lifecycle;
    this.catalogues = catalogues;
    this.planner = planner;
  }

  /** What catalogues offer; with a text only that in whose name or description it is. */
  Answer search(Options options) throws Refusal {
    Catalogues.Found found = ask(options);
    String text = options.text("name").toLowerCase(Locale.ROOT);
    List<OfferRow> rows = new ArrayList<>();
    for (Offer offer : found.offers()) {
      if ((offer.name() + "\n" + offer.description()).toLowerCase(Locale.ROOT).contains(text)) {
        rows.add(OfferRow.of(offer, planner, planner.fit(offer, found.offers())));
      }
    }
    List<String> lines = new ArrayList<>(found.problems());
    lines.addAll(
        rows.isEmpty()
            ? List.of("no catalogue offers " + (text.isEmpty() ? "anything" : "'" + text + "'"))
            : OfferRow.table(rows).lines());
    return new Answer(rows, lines, found.problems().isEmpty() ? 0 : 1);
  }

  /** What installing by name would change. */
  Answer plan(Options options) throws Refusal {
    Catalogues.Found found = ask(options);
    return tell(changes(options, found), found, options);
  }

  /** Installs the highest version that fits, and what it requires. */
  Answer install(Options options) throws Refusal {
    Catalogues.Found found = ask(options);
    return carryOut(changes(options, found), found, options);
  }

  private Changes changes(Options options, Catalogues.Found found) throws Refusal {
    return planner.install(Wanted.of(options.text("name")), found.offers());
  }

  /** Brings about what a file wants. */
  Answer apply(Options options) throws Refusal {
    List<Wanted> wanted = Desired.read(Path.of(options.text("name")));
    Catalogues.Found found = ask(options);
    Changes changes = planner.apply(wanted, found.offers());
    return options.flag("dry-run")
        ? tell(changes, found, options)
        : carryOut(changes, found, options);
  }

  private Catalogues.Found ask(Options options) throws Refusal {
    return catalogues.ask(request(options));
  }

  private static Request request(Options options) {
    Request request = Changing.request(options);
    return options.flag("without-shadow") ? request.withoutShadow() : request;
  }

  /**
   * Says what would be done; that catalogues are left out is an obstacle only to what they have.
   */
  private Answer tell(Changes changes, Catalogues.Found found, Options options) throws Refusal {
    List<String> obstacles = new ArrayList<>(changes.obstacles());
    if (obstacles.isEmpty()) {
      try (Execution execution = new Execution(lifecycle, catalogues, request(options))) {
        obstacles.addAll(execution.obstacles(changes));
      }
    }
    return answer(
        changes.steps().stream().map(FromCatalogue::planned).toList(), changes, found, obstacles);
  }

  private Answer carryOut(Changes changes, Catalogues.Found found, Options options) throws Refusal {
    if (!changes.obstacles().isEmpty()) {
      return answer(List.of(), changes, found, changes.obstacles());
    }
    try (Execution execution = new Execution(lifecycle, catalogues, request(options))) {
      List<String> done = execution.run(changes).stream().map(FromCatalogue::done).toList();
      return answer(done, changes, found, List.of());
    }
  }

  private static Answer answer(
      List<String> steps, Changes changes, Catalogues.Found found, List<String> obstacles) {
    List<String> lines = new ArrayList<>(found.problems());
    lines.addAll(changes.notes());
    obstacles.forEach(obstacle -> lines.add("cannot be done: " + obstacle));
    if (obstacles.isEmpty()) {
      lines.addAll(steps.isEmpty() ? List.of("there is nothing to do") : steps);
    }
    List<String> notes = new ArrayList<>(found.problems());
    notes.addAll(changes.notes());
    return new Answer(new Outcome(steps, notes, obstacles), lines, obstacles.isEmpty() ? 0 : 1);
  }

  private static String planned(Step step) {
    String verb =
        switch (step) {
          case Step.Install install -> "install";
          case Step.Promote promote -> "promote";
          case Step.Remove remove -> "remove";
        };
    return verb + " " + step.name() + " " + step.version();
  }

  private static String done(Plugin plugin) {
    return plugin.jar().title()
        + switch (plugin.stage()) {
          case PROMOTED -> " is in use";
          case RETIRED -> " is removed";
          default -> " is installed and not in use: " + plugin.reason();
        }
        + (plugin.signer().isEmpty() ? "" : "; signed by " + plugin.signer());
  }
}
