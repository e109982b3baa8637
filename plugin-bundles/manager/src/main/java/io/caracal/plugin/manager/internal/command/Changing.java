package io.caracal.plugin.manager.internal.command;

import io.caracal.plugin.manager.internal.Lifecycle;
import io.caracal.plugin.manager.internal.Plan;
import io.caracal.plugin.manager.internal.Plugin;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.manager.internal.Request;
import io.caracal.plugin.manager.internal.Shipped;
import io.caracal.plugin.manager.internal.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;

/** Commands that change what is installed or used, or say what a change would do. */
final class Changing {
  private final Lifecycle lifecycle;
  private final BundleContext context;

  /**
   * What was done to a plugin.
   *
   * @param plugin where it stands now
   * @param inUse the version of it that is in use now, empty if none
   * @param milliseconds how long it took
   */
  public record Done(PluginRow plugin, String inUse, long milliseconds) {}

  Changing(Lifecycle lifecycle, BundleContext context) {
    this.lifecycle = lifecycle;
    this.context = context;
  }

  Answer plan(Path file) throws Refusal {
    Plan plan = lifecycle.plan(file);
    List<String> lines = new ArrayList<>();
    lines.add(
        plan.plugin()
            + " "
            + plan.version()
            + (plan.signer().isEmpty() ? "" : ", signed by " + plan.signer()));
    if (plan.possible()) {
      plan.changes().forEach(change -> lines.add("  " + change));
    } else {
      plan.obstacles().forEach(obstacle -> lines.add("  cannot be installed: " + obstacle));
    }
    return new Answer(plan, lines, plan.possible() ? 0 : 1);
  }

  Answer verify(Path file) throws Refusal {
    Lifecycle.Verified verified = lifecycle.verify(file);
    return Answer.of(
        verified,
        List.of(
            "%s %s would be let in: %s"
                .formatted(
                    verified.plugin(),
                    verified.version(),
                    verified.signer().isEmpty()
                        ? "nobody signed it, and plugins.trust does not mind"
                        : "every entry is signed by " + verified.signer()),
            "SHA-256 " + verified.sha256()));
  }

  Answer install(Options options) throws Refusal {
    long start = System.nanoTime();
    Path file = Path.of(options.text("name"));
    Named before = named();
    Request request = request(options);
    Plugin plugin =
        lifecycle.install(file, options.flag("without-shadow") ? request.withoutShadow() : request);
    Done done = done(plugin, start);
    String replaced = inUse(before, done.plugin().name());
    String where =
        plugin.stage() == Stage.PROMOTED
            ? " is in use"
                + (replaced.isEmpty() || replaced.equals(done.plugin().version())
                    ? ""
                    : " in place of " + replaced)
            : " is installed and not in use: " + plugin.reason();
    return Answer.of(
        done,
        List.of(
            plugin.jar().title() + where + (plugin.signer().isEmpty() ? "" : signed(plugin)),
            "it took " + done.milliseconds() + " ms"));
  }

  private static String signed(Plugin plugin) {
    return "; signed by " + plugin.signer();
  }

  Answer promote(Options options) throws Refusal {
    long start = System.nanoTime();
    Plugin meant =
        named().version(options.text("name"), options.text("version"), s -> s != Stage.PROMOTED);
    Plugin plugin =
        lifecycle.promote(meant.jar().symbolicName(), meant.jar().version(), request(options));
    return Answer.of(done(plugin, start), List.of(plugin.jar().title() + " is in use"));
  }

  Answer rollback(Options options) throws Refusal {
    long start = System.nanoTime();
    String name = named().of(options.text("name")).getFirst().jar().symbolicName();
    return outOfUse(lifecycle.rollback(name, request(options)), start);
  }

  Answer quarantine(Options options) throws Refusal {
    long start = System.nanoTime();
    Plugin meant =
        named().version(options.text("name"), options.text("version"), s -> s == Stage.PROMOTED);
    return outOfUse(
        lifecycle.quarantine(
            meant.jar().symbolicName(),
            meant.jar().version(),
            options.text("reason"),
            request(options)),
        start);
  }

  Answer remove(Options options) throws Refusal {
    long start = System.nanoTime();
    Plugin meant = named().version(options.text("name"), options.text("version"), s -> true);
    PluginRow row = PluginRow.of(meant);
    lifecycle.remove(meant.jar().symbolicName(), meant.jar().version(), request(options));
    String now = inUse(named(), row.name());
    return Answer.of(
        new Done(row, now, millis(start)),
        List.of(row.name() + " " + row.version() + " is removed; " + used(now)));
  }

  private Answer outOfUse(Plugin plugin, long start) {
    Done done = done(plugin, start);
    return Answer.of(
        done,
        List.of(
            plugin.jar().title()
                + " is out of use ("
                + plugin.reason()
                + "); "
                + used(done.inUse())));
  }

  private static String used(String version) {
    return version.isEmpty() ? "no other version of it is there" : version + " is in use";
  }

  private Done done(Plugin plugin, long start) {
    return new Done(
        PluginRow.of(plugin), inUse(named(), plugin.jar().symbolicName()), millis(start));
  }

  private static long millis(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** The version in use: an installed one, else the one that the sensor ships. */
  private String inUse(Named plugins, String symbolicName) {
    Optional<String> installed =
        plugins.used(symbolicName).map(plugin -> plugin.jar().version().toString()).findFirst();
    return installed
        .or(() -> Shipped.version(context, symbolicName).map(version -> "the shipped " + version))
        .orElse("");
  }

  private Named named() {
    return new Named(lifecycle.plugins());
  }

  static Request request(Options options) {
    return Request.by(options.actor() + " by " + options.way());
  }
}
