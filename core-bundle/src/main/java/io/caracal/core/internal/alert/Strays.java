package io.caracal.core.internal.alert;

import io.caracal.api.alert.Detection;
import io.caracal.api.detect.AttackClass;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Probes of a scan that the detectors call by another class. A scan knocks at many services and
 * hardly ever twice at one; whatever else an attacker does comes back to the service that it is
 * about. So a short flow to a host that is being scanned belongs to the scan, whatever it is
 * called, until its class has turned up {@value #KNOCKS} times at one service.
 */
final class Strays {
  /** Packets of both directions that a probe has at most: a whole short banner exchange. */
  private static final int PROBE_PACKETS = 8;

  private static final int KNOCKS = 2;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Services remembered; beyond, nothing strays any more. */
  private static final int SERVICES = 4096;

  private final Map<Service, Integer> knocks = new HashMap<>();

  private record Service(AttackClass attackClass, String host, int protocol, int port) {
    static Service of(Detection detection) {
      return new Service(
          detection.attackClass(),
          detection.identity().destination(),
          detection.identity().protocol(),
          detection.identity().destinationPort());
    }
  }

  /**
   * Whether a flow that is called otherwise is a probe of the scan; then it counts as a knock.
   *
   * @param scanNanos last flow that was called a scan
   */
  boolean take(Detection detection, long scanNanos) {
    if (detection.packets() > PROBE_PACKETS
        || detection.startNanos() - scanNanos > PAUSE_NANOS
        || knocks.size() >= SERVICES) {
      return false;
    }
    Service service = Service.of(detection);
    int before = knocks.getOrDefault(service, 0);
    if (before >= KNOCKS) {
      return false;
    }
    knocks.put(service, before + 1);
    return true;
  }
}
