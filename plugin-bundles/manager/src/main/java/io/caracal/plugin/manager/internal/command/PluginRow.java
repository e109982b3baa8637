package io.caracal.plugin.manager.internal.command;

import io.caracal.plugin.manager.internal.Plugin;
import io.caracal.plugin.manager.internal.Stage;
import io.caracal.plugin.manager.internal.Steps;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        Stream.of("Bundle-Description", "Bundle-Name")
            .flatMap(header -> Stream.ofNullable(plugin.jar().headers().getValue(header)))
            .findFirst()
            .orElse(""),
        plugin.jar().sha256(),
        plugin.file().toString(),
        plugin.bundle().getBundleId(),
        plugin.steps());
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
    return List.of(name, version, state, String.join(", ", offers), signer, reason);
  }

  List<String> details() {
    return new TextTable(
            Stream.of(
                    List.of("name", name),
                    List.of("version", version),
                    List.of("state", state),
                    List.of("remark", reason),
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
