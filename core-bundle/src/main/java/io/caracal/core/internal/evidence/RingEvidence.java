package io.caracal.core.internal.evidence;

import io.caracal.api.alert.Detection;
import io.caracal.api.detect.Suspicion;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a lane's packets in a ring and cuts out those of flows behind an alert: when the flow is
 * judged an attack, and what came since when it ends. The lane keeps packets; whichever lane passes
 * a judgement on asks for them.
 */
final class RingEvidence implements Evidence {
  private final PacketRing ring;
  private final EvidenceFiles files;
  private final FlowMatch match;
  private final PacketDecoder decoder;
  private final PacketHeaders headers = new PacketHeaders();
  private final Frame frame = new Frame();

  /** Detected flows that go on, by flow number. */
  private final Map<Long, Cut> going = new HashMap<>();

  /** Up to when a flow's packets were cut out, and for which alert. */
  private record Cut(String alert, long untilNanos) {}

  RingEvidence(
      long bytes, EvidenceFiles files, FlowSettings.Key key, PacketDecoder.Factory decoders) {
    this.ring = new PacketRing(bytes);
    this.files = files;
    this.match = new FlowMatch(key);
    this.decoder = decoders.create();
  }

  @Override
  public synchronized void keep(Frame packet, PacketHeaders decoded) {
    ring.add(packet, FlowMatch.hash(decoded));
  }

  @Override
  public synchronized void detected(String alert, Detection detection, FlowBatch batch, int row) {
    if (files.open(alert, detection)) {
      detection
          .host()
          .ifPresent(host -> before(alert, host, batch.flowId(row), batch.lastNanos(row)));
    }
    cut(alert, batch.identity(row), batch.startNanos(row), batch.lastNanos(row));
    if (batch.reason(row) == EndReason.CHECKPOINT) {
      going.put(batch.flowId(row), new Cut(alert, batch.lastNanos(row)));
    }
  }

  /** What was no detection when it came, as far as this lane has seen it and still holds it. */
  private void before(String alert, Suspicion host, long flowId, long nowNanos) {
    host.flows().stream()
        .filter(flow -> flow.id() != flowId)
        .map(Suspicion.Flow::identity)
        .distinct()
        .forEach(flow -> cut(alert, flow, host.sinceNanos(), nowNanos));
  }

  @Override
  public synchronized void ended(FlowBatch batch, int row) {
    Cut before = going.remove(batch.flowId(row));
    if (before != null) {
      cut(before.alert, batch.identity(row), before.untilNanos + 1, batch.lastNanos(row));
    }
  }

  private void cut(String alert, FlowIdentity flow, long fromNanos, long toNanos) {
    long room = files.room(alert);
    List<KeptPacket> packets = new ArrayList<>();
    for (long position : ring.find(FlowMatch.hash(flow), fromNanos, toNanos)) {
      ring.read(position, frame);
      if (decoder.decode(frame, headers) != DecodeResult.OK || !match.covers(flow, headers)) {
        continue;
      }
      int length = files.kept(frame, headers);
      room -= PcapngWriter.size(length);
      if (room < 0) {
        files.leftOut();
      } else {
        packets.add(KeptPacket.of(frame, length));
      }
    }
    if (!packets.isEmpty()) {
      files.add(alert, packets);
    }
  }

  @Override
  public synchronized Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("evidence.kept", ring.stored());
    counters.put("evidence.overwritten", ring.overwritten());
    counters.put("evidence.oversized", ring.oversized());
    return counters;
  }

  @Override
  public synchronized void close() {
    ring.close();
  }
}
