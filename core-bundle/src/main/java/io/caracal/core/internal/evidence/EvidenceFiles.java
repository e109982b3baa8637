package io.caracal.core.internal.evidence;

import io.caracal.api.alert.Detection;
import io.caracal.api.detect.Suspicion;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the packets behind each alert to {@code ALERT-ID.pcapng}, on a thread of its own. A file
 * is bounded, and so is what waits to be written: when that is full a replay waits, and live the
 * packets are left out and counted. Thread-safe.
 */
public final class EvidenceFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceFiles.class);
  private static final int WAITING_BYTES = 64 << 20;

  private final Path folder;
  private final long alertBytes;
  private final boolean block;
  private final boolean payload;
  private final EvidenceFolder files;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("caracal-evidence").factory());
  private final Semaphore waiting = new Semaphore(WAITING_BYTES);
  private final Map<String, Alert> alerts = new ConcurrentHashMap<>();
  private final LongAdder written = new LongAdder();
  private final LongAdder leftOut = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** What an open alert may still take, and its file. */
  private static final class Alert {
    final AtomicLong room;
    final PcapngWriter file;

    Alert(long room, String comment) {
      this.room = new AtomicLong(room);
      this.file = new PcapngWriter(comment);
    }
  }

  private EvidenceFiles(Path folder, Settings settings, boolean block) {
    this.folder = folder;
    this.alertBytes = (long) settings.number("evidence.alert-bytes", 1 << 20);
    this.payload = settings.text("evidence.payload", "keep").equals("keep");
    this.files =
        new EvidenceFolder(folder, (long) settings.number("evidence.max-bytes", 1_000_000_000));
    this.block = block;
  }

  /**
   * The files that the settings ask for, if any.
   *
   * @param block whether a lane waits when writing falls behind
   */
  public static Optional<EvidenceFiles> of(Settings settings, boolean block) {
    if (bytes(settings) == 0) {
      return Optional.empty();
    }
    String folder = settings.text("evidence.dir", "");
    if (folder.isEmpty()) {
      throw new IllegalArgumentException(
          "evidence.bytes asks for evidence but there is no folder for it; give --out or set"
              + " evidence.dir");
    }
    return Optional.of(new EvidenceFiles(Path.of(folder), settings, block));
  }

  private static long bytes(Settings settings) {
    return (long) settings.number("evidence.bytes", 0);
  }

  /**
   * What one of several lanes keeps for these files.
   *
   * @param key what tells its flows apart
   */
  public Evidence lane(
      Settings settings, int lanes, FlowSettings.Key key, PacketDecoder.Factory decoders) {
    return new RingEvidence(bytes(settings) / lanes, this, key, decoders);
  }

  /**
   * Begins an alert's file.
   *
   * @return false if that was done before
   */
  boolean open(String alert, Detection first) {
    if (alerts.containsKey(alert)) {
      return false;
    }
    String comment =
        String.format(
            Locale.ROOT,
            "Caracal alert %s: %s by %s, first seen in flow %s from %s to %s at %s",
            alert,
            first.attackClass().name(),
            first.host().map(Suspicion::host).orElse(first.identity().source()),
            first.identity().communityId(),
            first.identity().source(),
            first.identity().destination(),
            Instant.ofEpochSecond(0, first.startNanos()));
    return alerts.putIfAbsent(alert, new Alert(alertBytes, comment)) == null;
  }

  /** How much of a packet is kept: all of it, or what stands before the payload. */
  int kept(Frame frame, PacketHeaders headers) {
    return payload
        ? frame.capturedLength
        : Math.min(frame.capturedLength, headers.transportOffset + headers.transportHeaderLength);
  }

  /** Bytes that an alert's file may still take; none if the alert is closed. */
  long room(String alert) {
    Alert open = alerts.get(alert);
    return open == null ? 0 : open.room.get();
  }

  /** Counts a packet for which there was no room, or whose alert is closed. */
  void leftOut() {
    leftOut.increment();
  }

  /** Takes packets to be written. */
  void add(String id, List<KeptPacket> packets) {
    Alert alert = alerts.get(id);
    if (alert == null) {
      leftOut.add(packets.size());
      return;
    }
    int bytes = packets.stream().mapToInt(p -> PcapngWriter.size(p.capturedLength())).sum();
    int permits = Math.min(bytes, WAITING_BYTES);
    if (block) {
      waiting.acquireUninterruptibly(permits);
    } else if (!waiting.tryAcquire(permits)) {
      leftOut.add(packets.size());
      return;
    }
    alert.room.addAndGet(-bytes);
    writer.execute(
        () -> {
          write(id, alert, packets);
          waiting.release(permits);
        });
  }

  private void write(String id, Alert alert, List<KeptPacket> packets) {
    Path file = folder.resolve(id + EvidenceFolder.SUFFIX);
    try {
      Files.createDirectories(folder);
      try (FileChannel out =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              alert.file.begun()
                  ? StandardOpenOption.APPEND
                  : StandardOpenOption.TRUNCATE_EXISTING)) {
        alert.file.write(packets, out);
      }
      written.add(packets.size());
      files.grew(file, alerts.keySet());
    } catch (IOException e) {
      if (failed.sum() == 0) {
        LOG.error("evidence {} cannot be written: {}; check the folder", file, e.toString());
      }
      failed.add(packets.size());
    }
  }

  /** An alert was closed: nothing will be added to its file. */
  public void closed(String alert) {
    alerts.remove(alert);
  }

  /** Counters under {@code evidence.}. */
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>();
    counters.put("evidence.written", written.sum());
    counters.put("evidence.left_out", leftOut.sum());
    counters.put("evidence.failed", failed.sum());
    counters.put("evidence.bytes", files.bytes());
    counters.put("evidence.removed", files.removed());
    return counters;
  }

  /** Writes what waits. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.error("evidence could not be written within a minute; check the disk of {}", folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
