package io.caracal.plugin.manager.internal.command;

import io.caracal.plugin.manager.internal.Plugin;
import io.caracal.plugin.manager.internal.Stage;
import io.caracal.plugin.manager.internal.Steps;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One installed version, as commands show it.
 *
 * @param name symbolic name
 * @param version its version
 * @param state see {@link #state}
 * @param offers what it offers, such as {@code detector cnn1d}
 * @param signer who signed it, empty if nobody
 * @param reason why it stands there, empty if there is nothing to say
 * @param update a higher version that a catalogue offered when it was asked last, empty if none
 * @param description the manifest's Bundle-Description, else Bundle-Name
 * @param sha256 of the jar
 * @param file the jar
 * @param bundle number in the framework
 * @param steps milliseconds that each step of its way to where it is took
 */
public record PluginRow(
    String name,
    String version,
    String state,
    List<String> offers,
    String signer,
    String reason,
    String update,
    String description,
    String sha256,
    String file,
    long bundle,
    Map<String, Double> steps) {
  static PluginRow of(Plugin plugin) {
    return new PluginRow(
        plugin.jar().symbolicName(),
        plugin.jar().version().toString(),
        state(plugin.stage()),
        Offers.of(plugin.bundle()).stream().map(Offers.Offer::toString).toList(),
        plugin.signer(),
        plugin.reason(),
        "",
        Stream.of("Bundle-Description", "Bundle-Name")
            .flatMap(header -> Stream.ofNullable(plugin.jar().headers().getValue(header)))
            .findFirst()
            .orElse(""),
        plugin.jar().sha256(),
        plugin.file().toString(),
        plugin.bundle().getBundleId(),
        plugin.steps());
  }

  /** The same with a version that may take its place. */
  PluginRow withUpdate(String higher) {
    return new PluginRow(
        name,
        version,
        state,
        offers,
        signer,
        reason,
        higher,
        description,
        sha256,
        file,
        bundle,
        steps);
  }

  /** A stage in the operator's words. */
  static String state(Stage stage) {
    return stage == Stage.PROMOTED ? "in use" : stage.name().toLowerCase(Locale.ROOT);
  }

  static TextTable table(List<PluginRow> rows) {
    return new TextTable(
        Stream.concat(
                Stream.of(List.of("name", "version", "state", "offers", "signed by", "remark")),
                rows.stream().map(PluginRow::cells))
            .toList());
  }

  private List<String> cells() {
    String remark =
        Stream.of(reason, update.isEmpty() ? "" : update + " is offered")
            .filter(Predicate.not(String::isEmpty))
            .collect(Collectors.joining("; "));
    return List.of(name, version, state, String.join(", ", offers), signer, remark);
  }

  List<String> details() {
    return new TextTable(
            Stream.of(
                    List.of("name", name),
                    List.of("version", version),
                    List.of("state", state),
                    List.of("remark", reason),
                    List.of("offered", update),
                    List.of("what", description),
                    List.of("offers", String.join(", ", offers)),
                    List.of("signed by", signer.isEmpty() ? "nobody" : signer),
                    List.of("SHA-256", sha256),
                    List.of("file", file),
                    List.of("bundle", Long.toString(bundle)),
                    List.of("steps", Steps.text(steps)))
                .filter(row -> !row.getLast().isEmpty())
                .toList())
        .lines();
  }
}
