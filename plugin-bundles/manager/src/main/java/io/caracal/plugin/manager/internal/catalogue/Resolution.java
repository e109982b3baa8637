package io.caracal.plugin.manager.internal.catalogue;

import aQute.bnd.osgi.resource.ResourceUtils;
import io.caracal.plugin.manager.internal.Requirements;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.resource.Capability;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.resource.Wire;
import org.osgi.resource.Wiring;
import org.osgi.service.resolver.HostedCapability;
import org.osgi.service.resolver.ResolutionException;
import org.osgi.service.resolver.ResolveContext;
import org.osgi.service.resolver.Resolver;

/**
 * What has to be installed so that an offer resolves, by the framework's own resolver: what is
 * there comes first, then what catalogues offer, the highest version first.
 *
 * @param order what to install, in the order in which each finds what it requires; the offer is the
 *     last
 * @param uses symbolic names of what is there and required
 * @param obstacles clauses that say why it does not resolve; empty if it does
 */
public record Resolution(List<Offer> order, Set<String> uses, List<String> obstacles) {
  /** Copies the collections. */
  public Resolution {
    order = List.copyOf(order);
    uses = Set.copyOf(uses);
    obstacles = List.copyOf(obstacles);
  }

  /** Resolves an offer against the bundles of a framework. */
  static Resolution of(
      Offer wanted, Collection<Offer> offers, BundleContext context, Resolver resolver) {
    try {
      Map<Resource, List<Wire>> wires =
          resolver.resolve(new Here(wanted.resource(), offers, wirings(context)));
      Map<Resource, Offer> known = new HashMap<>();
      offers.forEach(offer -> known.put(offer.resource(), offer));
      Set<Resource> order = new LinkedHashSet<>();
      Set<String> uses = new LinkedHashSet<>();
      visit(wanted.resource(), wires, new HashSet<>(), order);
      for (Resource resource : order) {
        if (resource instanceof BundleRevision there) {
          uses.add(there.getSymbolicName());
        }
      }
      return new Resolution(
          order.stream().filter(known::containsKey).map(known::get).toList(), uses, List.of());
    } catch (ResolutionException e) {
      List<String> obstacles =
          e.getUnresolvedRequirements().stream()
              .map(
                  requirement ->
                      "it "
                          + Requirements.text(requirement)
                          + ", which nothing here or in the catalogues provides")
              .distinct()
              .toList();
      return new Resolution(
          List.of(),
          Set.of(),
          obstacles.isEmpty() ? List.of("it does not resolve: " + e.getMessage()) : obstacles);
    }
  }

  /** What is required comes before what requires it. */
  private static void visit(
      Resource resource,
      Map<Resource, List<Wire>> wires,
      Set<Resource> begun,
      Set<Resource> order) {
    if (begun.add(resource)) {
      for (Wire wire : wires.getOrDefault(resource, List.of())) {
        visit(wire.getProvider(), wires, begun, order);
      }
      order.add(resource);
    }
  }

  private static Map<Resource, Wiring> wirings(BundleContext context) {
    Map<Resource, Wiring> wirings = new HashMap<>();
    for (Bundle bundle : context.getBundles()) {
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      if (wiring != null) {
        wirings.put(wiring.getRevision(), wiring);
      }
    }
    return wirings;
  }

  /** The framework as it is, and what may come to it. */
  private static final class Here extends ResolveContext {
    private final Resource wanted;
    private final Collection<Offer> offers;
    private final Map<Resource, Wiring> wirings;

    Here(Resource wanted, Collection<Offer> offers, Map<Resource, Wiring> wirings) {
      this.wanted = wanted;
      this.offers = offers;
      this.wirings = Map.copyOf(wirings);
    }

    @Override
    public Collection<Resource> getMandatoryResources() {
      return List.of(wanted);
    }

    @Override
    public List<Capability> findProviders(Requirement requirement) {
      List<Capability> found = new ArrayList<>();
      String namespace = requirement.getNamespace();
      for (Wiring wiring : wirings.values()) {
        wiring.getResourceCapabilities(namespace).stream()
            .filter(capability -> ResourceUtils.matches(requirement, capability))
            .forEach(found::add);
      }
      for (Offer offer : offers) {
        offer.resource().getCapabilities(namespace).stream()
            .filter(capability -> ResourceUtils.matches(requirement, capability))
            .forEach(found::add);
      }
      return found;
    }

    @Override
    public int insertHostedCapability(List<Capability> capabilities, HostedCapability hosted) {
      capabilities.add(hosted);
      return capabilities.size() - 1;
    }

    @Override
    public boolean isEffective(Requirement requirement) {
      return Namespace.EFFECTIVE_RESOLVE.equals(
          requirement
              .getDirectives()
              .getOrDefault(
                  Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE));
    }

    @Override
    public Map<Resource, Wiring> getWirings() {
      return wirings;
    }
  }
}
