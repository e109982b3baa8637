package io.caracal.plugin.manager.internal.command;

import io.caracal.api.plugin.Settings;
import io.caracal.plugin.manager.internal.Lifecycle;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.manager.internal.catalogue.Catalogues;
import io.caracal.plugin.manager.internal.catalogue.Planner;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands about plugins. Options: {@code action}, and what it needs of {@code name} (a name, a
 * file or a text), {@code version}, {@code reason}, {@code without-shadow}, {@code dry-run}; {@code
 * json}; {@code plugins}, the folder that the user believes to be in use. Exit code 0 if it was
 * done, 1 if it was not, 2 if the request makes no sense.
 */
@Component(
    service = {ToIntFunction.class, PluginCommand.class},
    property = {"caracal.command=plugin", "caracal.control=true"})
public final class PluginCommand implements ToIntFunction<Map<String, Object>> {
  private static final Logger LOG = LoggerFactory.getLogger(PluginCommand.class);

  private final Path folder;
  private final Listing listing;
  private final Changing changing;
  private final FromCatalogue catalogue;

  /** Commands about the plugins of this framework. */
  @Activate
  public PluginCommand(
      BundleContext context,
      @Reference Lifecycle lifecycle,
      @Reference Catalogues catalogues,
      @Reference Planner planner) {
    this.folder = Path.of(new Settings(context::getProperty).text("plugins.dir", "plugins"));
    this.listing = new Listing(lifecycle, catalogues, planner);
    this.changing = new Changing(lifecycle, context);
    this.catalogue = new FromCatalogue(lifecycle, catalogues, planner);
  }

  @Override
  public int applyAsInt(Map<String, Object> values) {
    Options options = new Options(values);
    try {
      requireFolder(options.text("plugins"));
      Answer answer = answer(options);
      answer.print(options.out(), options.flag("json"));
      return answer.code();
    } catch (Refusal e) {
      LOG.debug("command refused", e);
      options.err().println("caracal: " + e.getMessage());
      return 1;
    } catch (IllegalArgumentException e) {
      LOG.debug("command refused", e);
      options.err().println("caracal: " + e.getMessage());
      return 2;
    }
  }

  private void requireFolder(String named) throws Refusal {
    if (!named.isEmpty() && !Path.of(named).normalize().equals(folder.normalize())) {
      throw new Refusal(
          "the sensor that runs has its plugins in "
              + folder
              + ", not in "
              + named
              + "; leave plugins.dir out, or name another sensor by state.dir");
    }
  }

  /** Whether a file is named, and not what a catalogue may have; a name has no slash. */
  private static boolean file(Options options) {
    String name = options.text("name");
    return name.contains("/") || name.endsWith(".jar");
  }

  private Answer answer(Options options) throws Refusal {
    String action = options.text("action");
    return switch (action) {
      case "list" -> listing.list();
      case "info" -> listing.info(options.text("name"));
      case "history" -> listing.history(options.text("name"));
      case "search" -> catalogue.search(options);
      case "apply" -> catalogue.apply(options);
      case "plan" ->
          file(options) ? changing.plan(Path.of(options.text("name"))) : catalogue.plan(options);
      case "verify" -> changing.verify(Path.of(options.text("name")));
      case "install" -> file(options) ? changing.install(options) : catalogue.install(options);
      case "promote" -> changing.promote(options);
      case "rollback" -> changing.rollback(options);
      case "quarantine" -> changing.quarantine(options);
      case "remove" -> changing.remove(options);
      default ->
          throw new IllegalArgumentException(
              "there is no command plugin " + action + "; see caracal help plugin");
    };
  }
}
