package io.caracal.alert.email.internal;

import io.caracal.api.alert.AlertEvent;
import java.util.List;

/** A digest as plain text and as HTML. */
final class Body {
  private static final int LISTED = 200;

  private Body() {}

  static String text(Digest digest) {
    StringBuilder text = new StringBuilder(digest.counts()).append("\n\n");
    for (AlertEvent alert : listed(digest)) {
      text.append(
          "%-6s  %-7s  %s  %s  %s%n"
              .formatted(
                  Digest.word(alert.severity()),
                  Digest.state(alert),
                  Digest.time(alert.lastNanos()),
                  Digest.summary(alert),
                  Digest.plain(alert.id())));
    }
    text.append(more(digest));
    for (AlertEvent alert : digest.explained()) {
      text.append('\n').append(Digest.summary(alert)).append('\n');
      facts(alert).forEach(fact -> text.append("  ").append(fact).append('\n'));
      Digest.reasons(alert).forEach(reason -> text.append("  - ").append(reason).append('\n'));
    }
    return text.toString();
  }

  static String html(Digest digest) {
    StringBuilder html = new StringBuilder("<!DOCTYPE html><html><body>");
    html.append("<p>").append(escaped(digest.counts())).append("</p>\n<table>\n");
    html.append("<tr><th>severity</th><th>state</th><th>last</th><th>what</th><th>id</th></tr>\n");
    for (AlertEvent alert : listed(digest)) {
      html.append("<tr>");
      for (String cell :
          List.of(
              Digest.word(alert.severity()),
              Digest.state(alert),
              Digest.time(alert.lastNanos()),
              Digest.summary(alert),
              Digest.plain(alert.id()))) {
        html.append("<td>").append(escaped(cell)).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</table>\n<p>").append(escaped(more(digest))).append("</p>\n");
    for (AlertEvent alert : digest.explained()) {
      html.append("<h3>").append(escaped(Digest.summary(alert))).append("</h3>\n");
      html.append("<p>").append(escaped(String.join("; ", facts(alert)))).append("</p>\n<ul>\n");
      Digest.reasons(alert)
          .forEach(reason -> html.append("<li>").append(escaped(reason)).append("</li>\n"));
      html.append("</ul>\n");
    }
    return html.append("</body></html>\n").toString();
  }

  private static List<AlertEvent> listed(Digest digest) {
    return digest.alerts().subList(0, Math.min(LISTED, digest.alerts().size()));
  }

  private static String more(Digest digest) {
    int more = digest.alerts().size() - LISTED;
    return more > 0 ? "and " + more + " more; caracal alerts list shows them\n" : "";
  }

  private static List<String> facts(AlertEvent alert) {
    String technique = alert.attackClass().technique();
    return List.of(
        "id " + Digest.plain(alert.id()),
        "from " + Digest.time(alert.firstNanos()) + " to " + Digest.time(alert.lastNanos()),
        alert.flows()
            + " flows, "
            + alert.victimCount()
            + " hosts, "
            + alert.portCount()
            + " ports",
        "confidence "
            + Math.round(100 * alert.confidence())
            + " %"
            + (technique.isEmpty() ? "" : ", ATT&CK technique " + technique),
        "Community ID of the strongest flow " + alert.strongest().identity().communityId());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
