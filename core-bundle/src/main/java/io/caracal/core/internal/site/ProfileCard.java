package io.caracal.core.internal.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** A site profile in words. */
public final class ProfileCard {
  private static final double CHANGED = 0.25;
  private static final int LISTED = 50;

  private ProfileCard() {}

  /** The card in Markdown. */
  public static String of(SiteProfile profile) {
    JsonNode site = profile.site();
    StringBuilder text = new StringBuilder();
    line(text, "# Site profile %s\n", profile.version());
    line(
        text,
        "Recalibrates the ensemble %s to one network. Put it into `plugins/` to apply it, remove it"
            + " to go back.\n",
        site.path("base").asText());
    traffic(text, site.path("traffic"));
    alerts(text, site.path("alerts"));
    leftOut(text, site);
    detectors(text, site);
    line(text, "## Contents\n\n| entry | SHA-256 |\n|---|---|");
    digest(text, SiteProfile.ENSEMBLE, profile.ensemble());
    digest(text, SiteProfile.SITE, profile.site());
    return text.toString();
  }

  private static void traffic(StringBuilder text, JsonNode traffic) {
    line(
        text,
        "## Traffic\n\n%,d flows of %,d hosts from %s to %s: %.3g days, %,.0f normal flows a day."
            + " %,d records were kept.\n\n| service | flows |\n|---|---|",
        traffic.path("flows").asLong(),
        traffic.path("hosts").asLong(),
        traffic.path("from").asText(),
        traffic.path("to").asText(),
        traffic.path("days").asDouble(),
        traffic.path("normalFlowsPerDay").asDouble(),
        traffic.path("records").asLong());
    traffic
        .path("services")
        .properties()
        .forEach(e -> line(text, "| %s | %,d |", e.getKey(), e.getValue().asLong()));
    text.append('\n');
  }

  private static void alerts(StringBuilder text, JsonNode alerts) {
    line(
        text,
        "## Alerts\n\nFor %.4g false alerts a day of %,.0f flows. Shipped: threshold %.6f, on this"
            + " traffic %.4g alerts a day. Now: threshold %.6f, %.4g alerts a day, counted on"
            + " stretches of time that were not learnt from.",
        alerts.path("budgetPerDay").asDouble(),
        alerts.path("flowsPerDay").asDouble(),
        alerts.path("before").path("threshold").asDouble(),
        alerts.path("before").path("alertsPerDay").asDouble(),
        alerts.path("after").path("threshold").asDouble(),
        alerts.path("after").path("alertsPerDay").asDouble());
    double resolved = alerts.path("resolvedPerDay").asDouble();
    line(
        text,
        "One alert in the time learnt is %.4g a day: smaller budgets are foretold by the slope of"
            + " the curve, not counted. No alert at all in it means at most %.4g a day with 95 %%"
            + " confidence.\n",
        resolved,
        3 * resolved);
  }

  private static void leftOut(StringBuilder text, JsonNode site) {
    JsonNode leftOut = site.path("leftOut");
    line(text, "## Left out\n");
    if (leftOut.path("hosts").isEmpty()) {
      line(text, "Nothing: no host was found to attack.\n");
      return;
    }
    line(
        text,
        "%,d records, within an hour of a detection, of hosts that were found to attack: what they"
            + " started with the same peer, all that they started from ten detections on. Had they"
            + " been learnt the threshold were %.6f. If a host is known to be benign, learn again"
            + " with `--benign HOST`.\n\n"
            + "| host | from | to | detections |\n"
            + "|---|---|---|---|",
        leftOut.path("records").asLong(),
        site.path("alerts").path("thresholdWithLeftOut").asDouble());
    JsonNode hosts = leftOut.path("hosts");
    for (int i = 0; i < Math.min(LISTED, hosts.size()); i++) {
      JsonNode host = hosts.path(i);
      StringBuilder classes = new StringBuilder();
      for (Map.Entry<String, JsonNode> entry : host.path("detections").properties()) {
        classes.append(classes.isEmpty() ? "" : ", ").append(entry.getKey()).append(' ');
        classes.append(entry.getValue().asLong());
      }
      line(
          text,
          "| %s | %s | %s | %s |",
          host.path("host").asText(),
          host.path("from").asText(),
          host.path("to").asText(),
          classes);
    }
    if (hosts.size() > LISTED) {
      line(text, "\n%,d more hosts are listed in `site.json`.", hosts.size() - LISTED);
    }
    text.append('\n');
  }

  private static void detectors(StringBuilder text, JsonNode site) {
    line(
        text,
        "## Detectors\n\n"
            + "PSI compares the scores of the earlier half of the time with the later: above %.2f"
            + " they disagree, and what is normal has not been seen for long enough.\n\n"
            + "| detector | version | calibrated to this site | PSI of the halves |\n"
            + "|---|---|---|---|",
        CHANGED);
    for (JsonNode detector : site.path("detectors")) {
      JsonNode psi = site.path("halves").path(detector.path("id").asText());
      line(
          text,
          "| %s | %s | %s | %s |",
          detector.path("id").asText(),
          detector.path("version").asText(),
          detector.path("fitted").asBoolean() ? "yes" : "no",
          psi.isNumber() ? String.format(Locale.ROOT, "%.3f", psi.asDouble()) : "-");
    }
    text.append('\n');
  }

  private static void digest(StringBuilder text, String entry, JsonNode node) {
    line(text, "| `%s` | `%s` |", entry, ProfileJar.sha256(SiteProfile.bytes(node)));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format + "\n", values));
  }
}
