package io.caracal.feature.internal.host;

import static io.caracal.feature.internal.host.Damped.MINUTE;
import static io.caracal.feature.internal.host.Damped.SECOND;
import static io.caracal.feature.internal.host.Damped.TEN_MINUTES;
import static io.caracal.feature.internal.host.Damped.TEN_SECONDS;
import static io.caracal.feature.internal.view.Quantity.BYTES;
import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.ESTIMATE;
import static io.caracal.feature.internal.view.Quantity.SPREAD;

import io.caracal.feature.internal.context.Outcome;
import io.caracal.feature.internal.context.Slots;
import io.caracal.feature.internal.view.Row;

/** What each source did, on several scales of time. */
final class Sources {
  private static final int STARTS = 0, FAILED = 1, BYTES_OUT = 2, BYTES_IN = 3, KINDS = 4;
  private static final long FIVE_SECONDS = 5_000_000_000L;
  private static final long FIVE_MINUTES = 300_000_000_000L;

  private final Slots slots;
  private final Damped sums = new Damped(KINDS);
  private final Distinct addresses = new Distinct();
  private final Distinct addressesLong = new Distinct();
  private final Distinct ports = new Distinct();
  private final Distinct portsLong = new Distinct();
  private final Spread addressSpread = new Spread();
  private final Spread portSpread = new Spread();
  private int slot;

  Sources(int most) {
    slots = new Slots(most);
  }

  /** What follows is about this source. */
  void turnTo(long source, long now) {
    slot = slots.of(source);
    if (slots.fresh()) {
      sums.clear(slot, now);
      addresses.clear(slot);
      addressesLong.clear(slot);
      ports.clear(slot);
      portsLong.clear(slot);
      addressSpread.clear(slot);
      portSpread.clear(slot);
    } else {
      sums.fade(slot, now);
    }
  }

  void start(long destination, long service, long now) {
    sums.add(slot, STARTS, 1);
    addresses.add(slot, destination, now / FIVE_SECONDS);
    addressesLong.add(slot, destination, now / FIVE_MINUTES);
    ports.add(slot, service, now / FIVE_SECONDS);
    portsLong.add(slot, service, now / FIVE_MINUTES);
    addressSpread.add(slot, destination);
    portSpread.add(slot, service);
  }

  void end(Outcome outcome, long bytesOut, long bytesIn) {
    if (outcome != Outcome.ANSWERED) {
      sums.add(slot, FAILED, 1);
    }
    sums.add(slot, BYTES_OUT, (float) bytesOut);
    sums.add(slot, BYTES_IN, (float) bytesIn);
  }

  void columns(long now, Row row) {
    String starts = "Flows that the source started, fading over 1 s.";
    row.put("src.starts_1s", COUNT, starts, sums.sum(slot, STARTS, SECOND));
    row.put(
        "src.starts_10s",
        COUNT,
        "Flows that the source started, fading over 10 s.",
        sums.sum(slot, STARTS, TEN_SECONDS));
    row.put(
        "src.starts_60s",
        COUNT,
        "Flows that the source started, fading over 60 s.",
        sums.sum(slot, STARTS, MINUTE));
    row.put(
        "src.starts_600s",
        COUNT,
        "Flows that the source started, fading over 600 s.",
        sums.sum(slot, STARTS, TEN_MINUTES));
    row.put(
        "src.failed_10s",
        COUNT,
        "Flows of the source that ended unanswered or rejected, fading over 10 s.",
        sums.sum(slot, FAILED, TEN_SECONDS));
    row.put(
        "src.failed_60s",
        COUNT,
        "Flows of the source that ended unanswered or rejected, fading over 60 s.",
        sums.sum(slot, FAILED, MINUTE));
    row.put(
        "src.failed_600s",
        COUNT,
        "Flows of the source that ended unanswered or rejected, fading over 600 s.",
        sums.sum(slot, FAILED, TEN_MINUTES));
    row.put(
        "src.addresses_10s",
        ESTIMATE,
        "Distinct addresses to which the source started flows, in the last 5 to 10 s.",
        addresses.count(slot, now / FIVE_SECONDS));
    row.put(
        "src.addresses_600s",
        ESTIMATE,
        "Distinct addresses to which the source started flows, in the last 5 to 10 min.",
        addressesLong.count(slot, now / FIVE_MINUTES));
    row.put(
        "src.services_10s",
        ESTIMATE,
        "Distinct services (port and protocol) to which the source started flows, in the last 5 to"
            + " 10 s.",
        ports.count(slot, now / FIVE_SECONDS));
    row.put(
        "src.services_600s",
        ESTIMATE,
        "Distinct services (port and protocol) to which the source started flows, in the "
            + "last 5 to 10 min.",
        portsLong.count(slot, now / FIVE_MINUTES));
    row.put(
        "src.address_entropy",
        SPREAD,
        "Entropy over 16 groups of addresses of the source's last few hundred starts.",
        addressSpread.entropy(slot));
    row.put(
        "src.service_entropy",
        SPREAD,
        "Entropy over 16 groups of services of the source's last few hundred starts.",
        portSpread.entropy(slot));
    row.put(
        "src.bytes_out_600s",
        BYTES,
        "IP bytes that the source sent in flows that it started and that ended, fading over 600 s.",
        sums.sum(slot, BYTES_OUT, TEN_MINUTES));
    row.put(
        "src.bytes_in_600s",
        BYTES,
        "IP bytes that the source received in flows that it started and that ended, fading "
            + "over 600 s.",
        sums.sum(slot, BYTES_IN, TEN_MINUTES));
  }
}
