package io.caracal.core.internal.site;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What traffic there was: flows, their span, hosts and services. Bounded memory. */
final class Traffic {
  private static final int MOST_HOSTS = 1 << 17;
  private static final int MOST_SERVICES = 1 << 12;
  private static final int LISTED = 20;
  private static final double NANOS_PER_DAY = 86_400e9;

  private final Set<Long> hosts = new HashSet<>();
  private final Map<String, Long> services = new HashMap<>();
  private long flows;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;

  /** A flow has ended. */
  void add(FlowBatch batch, int row) {
    flows++;
    firstNanos = Math.min(firstNanos, batch.startNanos(row));
    lastNanos = Math.max(lastNanos, batch.flow(row).writtenNanos());
    FlowIdentity who = batch.identity(row);
    host(who.sourceHigh() * 31 + who.sourceLow());
    host(who.destinationHigh() * 31 + who.destinationLow());
    String service = who.protocolName() + "/" + who.destinationPort();
    if (services.containsKey(service) || services.size() < MOST_SERVICES) {
      services.merge(service, 1L, Long::sum);
    }
  }

  private void host(long address) {
    if (hosts.size() < MOST_HOSTS) {
      hosts.add(address);
    }
  }

  long flows() {
    return flows;
  }

  double days() {
    return flows == 0 ? 0 : (lastNanos - firstNanos) / NANOS_PER_DAY;
  }

  long firstNanos() {
    return firstNanos;
  }

  long lastNanos() {
    return lastNanos;
  }

  /** Addresses, counted up to 131,072. */
  int hosts() {
    return hosts.size();
  }

  /** Flows by protocol and port of the responder: the most frequent, and the sum of the others. */
  Map<String, Long> services() {
    Map<String, Long> listed = new LinkedHashMap<>();
    services.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(LISTED)
        .forEach(entry -> listed.put(entry.getKey(), entry.getValue()));
    long others = flows - listed.values().stream().mapToLong(Long::longValue).sum();
    if (others > 0) {
      listed.put("others", others);
    }
    return listed;
  }
}
