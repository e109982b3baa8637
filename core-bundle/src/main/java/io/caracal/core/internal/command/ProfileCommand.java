package io.caracal.core.internal.command;

import io.caracal.core.internal.lane.Budget;
import io.caracal.core.internal.site.Comparison;
import io.caracal.core.internal.site.PluginFolder;
import io.caracal.core.internal.site.SiteProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Compares site profiles, applies one, takes it back. Options: {@code action} ({@code compare},
 * {@code apply} or {@code rollback}), {@code files} (list of jars).
 */
@Component(service = ToIntFunction.class, property = Command.NAME + "=profile")
public final class ProfileCommand extends Command {
  private static final String PLUGINS = "caracal.plugins.dir";

  private final Parts parts;
  private final BundleContext context;

  /** A command over the installed parts. */
  @Activate
  public ProfileCommand(BundleContext context, @Reference Parts parts) {
    this.context = context;
    this.parts = parts;
  }

  @Override
  int run(Options options) throws IOException {
    List<Path> files = options.texts("files").stream().map(Path::of).toList();
    PluginFolder plugins = new PluginFolder(Path.of(String.valueOf(context.getProperty(PLUGINS))));
    switch (options.text("action", "")) {
      case "compare" -> compare(files);
      case "apply" -> apply(plugins, files.getFirst());
      case "rollback" -> rollback(plugins);
      default -> throw new Failure("a profile can be compared, applied or rolled back");
    }
    return 0;
  }

  private void compare(List<Path> files) throws IOException {
    SiteProfile later = SiteProfile.read(files.getLast());
    SiteProfile earlier = files.size() > 1 ? SiteProfile.read(files.getFirst()) : installed();
    System.out.print(new Comparison(earlier, later, Budget.of(parts.settings)).text());
  }

  private void apply(PluginFolder plugins, Path file) throws IOException {
    SiteProfile profile = SiteProfile.read(file);
    profile
        .foreign(parts.detectors::scoringVersion)
        .forEach(sentence -> System.out.println("note: " + sentence));
    Path applied = plugins.apply(file, profile);
    System.out.println(profile.version() + " is applied: " + applied);
    System.out.println("a running sensor takes it up within seconds; ./caracal profile rollback");
  }

  private static void rollback(PluginFolder plugins) throws IOException {
    Path removed = plugins.rollback();
    System.out.println(removed + " is removed; what was there before judges again");
  }

  /** The ensemble that judges now. */
  private SiteProfile installed() throws IOException {
    Bundle bundle = context.getBundle(parts.ensembles.currentBundle().orElse(-1));
    if (bundle == null) {
      throw new Failure("no ensemble is installed to compare with; name two profiles");
    }
    return SiteProfile.read(bundle);
  }
}
