package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import io.caracal.capture.internal.file.CaptureRecords.Next;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One open capture. What cannot be read ends the input and becomes a notice. */
final class FileInput implements PacketInput {
  private final String name;
  private final Capture capture;
  private final Frame frame = new Frame();
  private final List<String> notices = new ArrayList<>();
  private long packets;
  private long wireBytes;
  private long truncated;
  private boolean ended;
  private boolean closed;
  private Optional<IOException> failure = Optional.empty();
  private volatile SourceCounters counters = SourceCounters.NONE;

  /** Takes over an open capture; the name is what sentences call it. */
  FileInput(String name, Capture capture) {
    this.name = name;
    this.capture = capture;
  }

  /**
   * Opens a file; its first bytes are checked, unless they may still come.
   *
   * @throws IOException with one sentence, if it is no capture or cannot be read
   */
  static FileInput open(Path path, boolean growing) throws IOException {
    Capture capture = new Capture(FileBytes.open(path, growing));
    try {
      capture.begin();
      return new FileInput(path.toString(), capture);
    } catch (DamagedCapture e) {
      capture.close();
      throw new IOException(path + " " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      capture.close();
      throw e;
    }
  }

  @Override
  public int poll(FrameHandler handler, int limit, int waitMillis) throws IOException {
    int delivered = deliver(handler, limit);
    if (delivered == 0 && !ended && waitMillis > 0) {
      delivered = deliverWithin(handler, limit, waitMillis);
    }
    if (delivered > 0) {
      return delivered;
    }
    if (failure.isPresent()) {
      IOException reason = failure.get();
      failure = Optional.empty();
      throw reason;
    }
    return ended ? END : 0;
  }

  private int deliverWithin(FrameHandler handler, int limit, int waitMillis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
    int delivered = 0;
    for (long left = waitMillis; delivered == 0 && !ended && left > 0; ) {
      try {
        capture.await(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      delivered = deliver(handler, limit);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
    return delivered;
  }

  private int deliver(FrameHandler handler, int limit) {
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
      count();
    }
    return delivered;
  }

  private void count() {
    counters =
        new SourceCounters(
            packets,
            wireBytes,
            capture.droppedByKernel(),
            capture.droppedByInterface(),
            truncated,
            0);
  }

  private boolean next() {
    if (ended) {
      return false;
    }
    try {
      Next next = capture.next(frame);
      if (next != Next.END) {
        return next == Next.PACKET;
      }
      if (packets == 0) {
        notices.add(name + " holds no packets.");
      }
    } catch (DamagedCapture e) {
      if (capture.begun()) {
        notices.add(
            "%s %s at %s; packets read before that: %d."
                .formatted(name, e.getMessage(), capture.place(), packets));
      } else {
        failure = Optional.of(new IOException(name + " " + e.getMessage(), e));
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
    capture.remark().ifPresent(remark -> notices.add(name + " " + remark + "."));
    ended = true;
    return false;
  }

  /** The writer of this capture is done: what is there now is all. */
  void complete() {
    capture.complete();
  }

  /** Time of the last packet, meaningless before there was one. */
  long lastNanos() {
    return frame.timeNanos;
  }

  @Override
  public SourceCounters counters() {
    return counters;
  }

  @Override
  public double progress() {
    return capture.progress();
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
      capture.close();
    }
  }
}
