package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.plugin.manager.internal.Gate;
import io.caracal.plugin.manager.internal.Lifecycle;
import io.caracal.plugin.manager.internal.Plugin;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.manager.internal.Shipped;
import io.caracal.plugin.manager.internal.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.resolver.Resolver;

/** Finds what has to be done so that plugins are there that somebody wants; does nothing. */
@Component(service = Planner.class)
public final class Planner {
  private static final String NOTHING_HIGHER = ", and nothing higher is offered that fits";

  private final BundleContext context;
  private final Lifecycle lifecycle;
  private final Gate gate;
  private final Resolver resolver;

  /** A planner for the plugins of a framework. */
  @Activate
  public Planner(
      BundleContext context,
      @Reference Lifecycle lifecycle,
      @Reference Gate gate,
      @Reference Resolver resolver) {
    this.context = context;
    this.lifecycle = lifecycle;
    this.gate = gate;
    this.resolver = resolver;
  }

  /**
   * Whether an offer fits here.
   *
   * @param signer who signed it, by the name that the signer has here; empty if nobody
   * @param resolution what has to be installed with it
   * @param objections clauses that say why it does not fit; empty if it does
   */
  public record Fit(String signer, Resolution resolution, List<String> objections) {}

  /** Whether an offer fits here, if what is offered may be installed with it. */
  public Fit fit(Offer offer, List<Offer> offers) {
    List<String> objections = new ArrayList<>();
    Gate.Standing standing = gate.standing(offer.name(), offer.sha256(), offer.signer());
    if (!standing.objection().isEmpty()) {
      objections.add(standing.objection());
    }
    if (installed(offer)
        .filter(there -> !there.jar().sha256().equals(offer.sha256()))
        .isPresent()) {
      objections.add("it is installed already with other content");
    }
    Resolution resolution = Resolution.of(offer, offers, context, resolver);
    objections.addAll(resolution.obstacles());
    return new Fit(standing.signer(), resolution, objections);
  }

  /** The plugin of the name and version of an offer. */
  public Optional<Plugin> installed(Offer offer) {
    return of(offer.name())
        .filter(plugin -> plugin.jar().version().equals(offer.version()))
        .findFirst();
  }

  private Stream<Plugin> of(String name) {
    return lifecycle.plugins().stream().filter(plugin -> plugin.jar().symbolicName().equals(name));
  }

  /** The version of a plugin that is in use: an installed one, else the one that is shipped. */
  public Optional<Version> inUse(String name) {
    return of(name)
        .filter(plugin -> plugin.stage() == Stage.PROMOTED)
        .map(plugin -> plugin.jar().version())
        .findFirst()
        .or(() -> Shipped.version(context, name));
  }

  /** The highest version of a plugin that is offered, fits, and is higher than the one in use. */
  public Optional<Offer> update(String name, List<Offer> offers) {
    Optional<Version> used = inUse(name);
    return offers.stream()
        .filter(offer -> offer.name().equals(name))
        .filter(offer -> used.filter(now -> offer.version().compareTo(now) > 0).isPresent())
        .filter(offer -> installed(offer).isEmpty())
        .filter(offer -> fit(offer, offers).objections().isEmpty())
        .findFirst();
  }

  /** What to do so that the highest version of a plugin that fits is there. */
  public Changes install(Wanted wanted, List<Offer> offers) throws Refusal {
    Draft draft = new Draft();
    add(wanted.among(names(offers)), offers, draft);
    return draft.changes();
  }

  /**
   * What to do so that these plugins are in use and no others are installed, except those that
   * these require. What is in use and wanted is left alone, be there higher versions or not.
   */
  public Changes apply(List<Wanted> wanted, List<Offer> offers) throws Refusal {
    Draft draft = new Draft();
    for (Wanted one : wanted) {
      String name = one.name();
      Wanted whole = Shipped.version(context, name).isPresent() ? one : one.among(names(offers));
      draft.kept.add(whole.name());
      if (inUse(whole.name()).filter(whole::takes).isEmpty()) {
        Optional<Plugin> there =
            of(whole.name())
                .filter(plugin -> whole.takes(plugin.jar().version()))
                .filter(plugin -> plugin.stage() == Stage.STANDBY)
                .max(Comparator.comparing(plugin -> plugin.jar().version()));
        if (there.isPresent()) {
          draft.steps.add(new Step.Promote(there.get()));
        } else {
          add(whole, offers, draft);
        }
      }
    }
    draft.keepRequired(lifecycle.plugins());
    lifecycle.plugins().stream()
        .filter(plugin -> !draft.kept.contains(plugin.jar().symbolicName()))
        .sorted(Comparator.comparing((Plugin plugin) -> plugin.bundle().getBundleId()).reversed())
        .forEach(plugin -> draft.steps.add(new Step.Remove(plugin)));
    return draft.changes();
  }

  /** Names of catalogues and of what is installed. */
  private Set<String> names(List<Offer> offers) {
    return Stream.concat(
            offers.stream().map(Offer::name),
            lifecycle.plugins().stream().map(plugin -> plugin.jar().symbolicName()))
        .collect(Collectors.toSet());
  }

  /** The highest version that fits, and what it requires. */
  private void add(Wanted wanted, List<Offer> offers, Draft draft) {
    List<Offer> candidates =
        offers.stream()
            .filter(offer -> offer.name().equals(wanted.name()) && wanted.takes(offer.version()))
            .toList();
    List<String> passed = new ArrayList<>();
    for (Offer offer : candidates) {
      Fit fit = fit(offer, offers);
      if (!fit.objections().isEmpty()) {
        passed.add(offer.title() + " does not fit: " + String.join("; ", fit.objections()));
        continue;
      }
      draft.notes.addAll(passed);
      Optional<Plugin> there = installed(offer);
      if (there.isPresent()) {
        draft.notes.add(standing(there.get()));
      } else if (inUse(offer.name()).filter(offer.version()::equals).isPresent()) {
        draft.notes.add(offer.title() + " ships with the sensor and is in use" + NOTHING_HIGHER);
      } else {
        fit.resolution().order().forEach(one -> draft.steps.add(new Step.Install(one)));
        fit.resolution().order().forEach(one -> draft.kept.add(one.name()));
        draft.kept.addAll(fit.resolution().uses());
      }
      return;
    }
    draft.obstacles.addAll(passed);
    if (passed.isEmpty()) {
      draft.obstacles.add(notOffered(wanted, offers));
    }
  }

  private static String standing(Plugin plugin) {
    return plugin.jar().title()
        + (plugin.stage() == Stage.PROMOTED
            ? " is in use" + NOTHING_HIGHER
            : " is installed and not in use: " + plugin.reason());
  }

  private static String notOffered(Wanted wanted, List<Offer> offers) {
    String versions =
        offers.stream()
            .filter(offer -> offer.name().equals(wanted.name()))
            .map(offer -> offer.version().toString())
            .collect(Collectors.joining(", "));
    return "no catalogue offers "
        + wanted
        + (versions.isEmpty() ? "" : "; it offers " + versions)
        + "; caracal plugin search names what there is";
  }
}
