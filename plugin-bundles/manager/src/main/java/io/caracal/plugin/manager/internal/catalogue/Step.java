package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.plugin.manager.internal.Plugin;
import org.osgi.framework.Version;

/** One of the changes that lead to what somebody wants. */
public sealed interface Step {
  /** A version comes out of a catalogue. */
  record Install(Offer offer) implements Step {
    @Override
    public String name() {
      return offer.name();
    }

    @Override
    public Version version() {
      return offer.version();
    }
  }

  /** A version that is installed is put to use. */
  record Promote(Plugin plugin) implements Step {
    @Override
    public String name() {
      return plugin.jar().symbolicName();
    }

    @Override
    public Version version() {
      return plugin.jar().version();
    }
  }

  /** A version is uninstalled. */
  record Remove(Plugin plugin) implements Step {
    @Override
    public String name() {
      return plugin.jar().symbolicName();
    }

    @Override
    public Version version() {
      return plugin.jar().version();
    }
  }

  /** Symbolic name of the plugin. */
  String name();

  /** Which version of it. */
  Version version();
}
