package io.caracal.feature.internal.history;

import static io.caracal.feature.internal.history.Actors.*;
import static io.caracal.feature.internal.history.Subjects.*;
import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.SHARE;

import io.caracal.api.flow.FlowSummary;
import io.caracal.feature.internal.view.Row;

/** What a source asks name servers, RFC 1035: the first question of each flow. */
final class Questions {
  private static final int NO_ERROR = 0;

  private final Subjects source;

  Questions(Actors actors) {
    source = actors.source;
  }

  /** A flow has ended. */
  void end(FlowSummary flow) {
    if (flow.dnsQueryType() == 0) {
      return;
    }
    source.add(QUESTIONS, 1);
    if (flow.dnsResponseCode() > NO_ERROR) {
      source.add(QUESTION_ERRORS, 1);
    }
    if (!usual(flow.dnsQueryType())) {
      source.add(RARE_QUESTIONS, 1);
    }
  }

  /** A, NS, CNAME, SOA, PTR, AAAA, DS, DNSKEY, SVCB, HTTPS: what clients and resolvers ask. */
  private static boolean usual(int type) {
    return switch (type) {
      case 1, 2, 5, 6, 12, 28, 43, 48, 64, 65 -> true;
      default -> false;
    };
  }

  void columns(Row row) {
    row.put(
        "dns.questions_600s",
        COUNT,
        "Ended flows of the source with a DNS question, fading over 600 s.",
        (double) source.sum(QUESTIONS, TEN_MINUTES));
    row.put(
        "dns.share_600s",
        SHARE,
        "Of the ended flows of the source the share with a DNS question.",
        Novelty.share(source.sum(QUESTIONS, TEN_MINUTES), source.sum(ENDS, TEN_MINUTES)));
    row.put(
        "dns.errors_600s",
        COUNT,
        "Ended flows of the source with a DNS question that was answered by an error, "
            + "fading over 600 s.",
        (double) source.sum(QUESTION_ERRORS, TEN_MINUTES));
    row.put(
        "dns.error_rate_600s",
        SHARE,
        "Of the source's ended flows with a DNS question, the share that was answered by an"
            + " error, fading over 600 s.",
        Novelty.share(
            source.sum(QUESTION_ERRORS, TEN_MINUTES), source.sum(QUESTIONS, TEN_MINUTES)));
    row.put(
        "dns.error_rate_6h",
        SHARE,
        "Of the source's ended flows with a DNS question, the share that was answered by an"
            + " error, fading over 6 h.",
        Novelty.share(source.sum(QUESTION_ERRORS, SIX_HOURS), source.sum(QUESTIONS, SIX_HOURS)));
    row.put(
        "dns.rare_rate_1h",
        SHARE,
        "Of the source's ended flows with a DNS question, the share for other types than A,"
            + " NS, CNAME, SOA, PTR, AAAA, DS, DNSKEY, SVCB and HTTPS, fading over 1 h.",
        Novelty.share(source.sum(RARE_QUESTIONS, HOUR), source.sum(QUESTIONS, HOUR)));
  }
}
