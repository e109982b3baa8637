package io.caracal.plugin.manager.internal.command;

import io.caracal.plugin.manager.internal.Plugin;
import io.caracal.plugin.manager.internal.catalogue.Offer;
import io.caracal.plugin.manager.internal.catalogue.Planner;
import io.caracal.plugin.manager.internal.catalogue.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * One version that a catalogue offers, as {@code search} shows it.
 *
 * @param name symbolic name
 * @param version its version
 * @param state where it stands if it is installed; else {@code update} (higher than the one in
 *     use), {@code older}, {@code available} or {@code does not fit}
 * @param signer who signed it, empty if nobody
 * @param remark why it does not fit, or what would be installed with it
 * @param description what it is
 * @param catalogue the name of the catalogue
 * @param size of the jar in bytes
 * @param sha256 of the jar
 */
public record OfferRow(
    String name,
    String version,
    String state,
    String signer,
    String remark,
    String description,
    String catalogue,
    long size,
    String sha256) {
  static OfferRow of(Offer offer, Planner planner, Planner.Fit fit) {
    return new OfferRow(
        offer.name(),
        offer.version().toString(),
        state(offer, planner, fit),
        fit.signer(),
        fit.objections().isEmpty()
            ? with(fit.resolution(), offer)
            : String.join("; ", fit.objections()),
        offer.description(),
        offer.catalogue(),
        offer.size(),
        offer.sha256());
  }

  private static String state(Offer offer, Planner planner, Planner.Fit fit) {
    if (!fit.objections().isEmpty()) {
      return "does not fit";
    }
    Optional<Plugin> installed = planner.installed(offer);
    if (installed.isPresent()) {
      return PluginRow.state(installed.get().stage());
    }
    Optional<Version> used = planner.inUse(offer.name());
    if (used.isEmpty()) {
      return "available";
    }
    int order = offer.version().compareTo(used.get());
    return order > 0 ? "update" : order < 0 ? "older" : "in use";
  }

  private static String with(Resolution resolution, Offer offer) {
    String others =
        resolution.order().stream()
            .filter(other -> !other.equals(offer))
            .map(Offer::title)
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "" : "brings " + others;
  }

  static TextTable table(List<OfferRow> rows) {
    return new TextTable(
        Stream.concat(
                Stream.of(
                    List.of("name", "version", "state", "signed by", "description", "remark")),
                rows.stream()
                    .map(
                        row ->
                            List.of(
                                row.name,
                                row.version,
                                row.state,
                                row.signer,
                                row.description,
                                row.remark)))
            .toList());
  }
}
