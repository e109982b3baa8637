package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import java.util.ArrayList;
import java.util.List;

/** An open capture file. What cannot be read ends the input and becomes a notice. */
final class FileInput implements PacketInput {
  private final String name;
  private final CaptureBytes bytes;
  private final CaptureRecords records;
  private final Frame frame = new Frame();
  private final List<String> notices = new ArrayList<>();
  private long packets;
  private long wireBytes;
  private long truncated;
  private boolean ended;
  private boolean closed;
  private volatile SourceCounters counters = SourceCounters.NONE;

  FileInput(String name, CaptureBytes bytes, CaptureRecords records) {
    this.name = name;
    this.bytes = bytes;
    this.records = records;
  }

  @Override
  public int poll(FrameHandler handler, int limit, int waitMillis) {
    int delivered = 0;
    try {
      while (delivered < limit && next()) {
        delivered++;
        packets++;
        wireBytes += frame.wireLength;
        if (frame.capturedLength < frame.wireLength) {
          truncated++;
        }
        handler.onFrame(frame);
      }
    } finally {
      counters = new SourceCounters(packets, wireBytes, 0, 0, truncated, 0);
    }
    return delivered == 0 && ended ? END : delivered;
  }

  private boolean next() {
    if (ended) {
      return false;
    }
    try {
      if (records.next(frame)) {
        return true;
      }
      if (packets == 0) {
        notices.add(name + " holds no packets.");
      }
    } catch (DamagedCapture e) {
      notices.add(
          "%s %s at %s %d; packets read before that: %d."
              .formatted(name, e.getMessage(), bytes.unit(), bytes.offset(), packets));
    }
    records.remark().ifPresent(remark -> notices.add(name + " " + remark + "."));
    ended = true;
    return false;
  }

  @Override
  public SourceCounters counters() {
    return counters;
  }

  @Override
  public double progress() {
    return bytes.progress();
  }

  @Override
  public List<String> notices() {
    return List.copyOf(notices);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ended = true;
      bytes.close();
    }
  }
}
