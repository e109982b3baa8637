package io.caracal.plugin.manager.internal.trust;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no bundle resolves, and so none starts, but what came with the product and what
 * was admitted since. It knows revisions: a bundle that is updated with other bytes is a stranger.
 */
@Component(
    service = {ResolverHookFactory.class, Backstop.class},
    immediate = true)
public final class Backstop implements ResolverHookFactory, ResolverHook {
  private static final Logger LOG = LoggerFactory.getLogger(Backstop.class);

  private final Set<BundleRevision> admitted = weakSet();
  private final Set<BundleRevision> told = weakSet();

  /** Admits what is installed now: the product. */
  @Activate
  public Backstop(BundleContext context) {
    for (Bundle bundle : context.getBundles()) {
      admit(bundle);
    }
  }

  private static Set<BundleRevision> weakSet() {
    return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  }

  /** Lets a bundle resolve, as it is now. */
  void admit(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision != null) {
      admitted.add(revision);
    }
  }

  @Override
  public ResolverHook begin(Collection<BundleRevision> triggers) {
    return this;
  }

  @Override
  public void filterResolvable(Collection<BundleRevision> candidates) {
    candidates.removeIf(this::stranger);
  }

  private boolean stranger(BundleRevision revision) {
    if (admitted.contains(revision)) {
      return false;
    }
    if (told.add(revision)) {
      LOG.error(
          "bundle {} {} from {} is kept from starting: nobody verified it; install it with: caracal"
              + " plugin install",
          revision.getSymbolicName(),
          revision.getVersion(),
          revision.getBundle().getLocation());
    }
    return true;
  }

  @Override
  public void filterSingletonCollisions(
      BundleCapability singleton, Collection<BundleCapability> collisions) {
    // Singletons are the framework's business.
  }

  @Override
  public void filterMatches(
      BundleRequirement requirement, Collection<BundleCapability> candidates) {
    // Felix asks about fragments only here: what a stranger requires, a host above all, is not
    // there.
    if (stranger(requirement.getRevision())) {
      candidates.clear();
    }
  }

  @Override
  public void end() {
    // Nothing is kept from one resolution to the next.
  }
}
