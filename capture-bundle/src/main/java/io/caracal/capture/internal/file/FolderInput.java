package io.caracal.capture.internal.file;

import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import io.caracal.capture.internal.file.FolderCaptures.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The captures in a folder as one input, one after the other. A followed folder is one into which a
 * single writer puts file after file: the next one that holds packets says that the one before is
 * complete.
 */
final class FolderInput implements PacketInput {
  private static final long SCAN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final boolean followed;
  private final FolderCaptures captures;
  private final List<String> notices = new ArrayList<>();
  private final List<Path> overlapping = new ArrayList<>();
  private Optional<FileInput> current = Optional.empty();
  private SourceCounters before = SourceCounters.NONE;
  private volatile SourceCounters counters = SourceCounters.NONE;
  private long lastScan;
  private long lastNanos = Long.MIN_VALUE;
  private long bytesBefore;
  private long currentBytes;
  private boolean closed;

  private FolderInput(Path folder, boolean followed) {
    this.followed = followed;
    captures = new FolderCaptures(folder, followed);
  }

  static FolderInput open(Path folder, boolean followed) throws IOException {
    FolderInput input = new FolderInput(folder, followed);
    input.scan();
    if (!followed && input.captures.peek().isEmpty()) {
      throw new IOException(
          folder
              + " holds no capture with packets"
              + input.captures.notices().stream().findFirst().map(first -> ": " + first).orElse("")
              + "; name a folder that directly holds captures");
    }
    return input;
  }

  private void scan() throws IOException {
    lastScan = System.nanoTime();
    captures.scan();
  }

  @Override
  public int poll(FrameHandler handler, int limit, int waitMillis) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
    try {
      while (!closed && (current.isPresent() || advance() || followed)) {
        int delivered = current.isPresent() ? read(current.get(), handler, limit) : 0;
        if (delivered > 0) {
          return delivered;
        }
        if (delivered == 0 && !lookForMore(deadline)) {
          return 0;
        }
      }
      return END;
    } finally {
      counters = current.map(input -> before.plus(input.counters())).orElse(before);
    }
  }

  private int read(FileInput input, FrameHandler handler, int limit) {
    int delivered = END;
    try {
      delivered = input.poll(handler, limit, 0);
    } catch (IOException e) {
      notices.add(e.getMessage() + "."); // the rest go on
    }
    if (delivered == END) {
      finish(input);
    }
    return delivered;
  }

  private void finish(FileInput input) {
    notices.addAll(input.notices());
    before = before.plus(input.counters());
    lastNanos = Math.max(lastNanos, input.lastNanos());
    bytesBefore += currentBytes;
    input.close();
    current = Optional.empty();
  }

  /** Opens the next capture; false if there is none. */
  private boolean advance() {
    Optional<Start> next = captures.next();
    while (current.isEmpty() && next.isPresent()) {
      Start start = next.get();
      try {
        current = Optional.of(FileInput.open(start.path(), followed));
        currentBytes = captures.bytes(start.path());
        if (start.nanos() < lastNanos) {
          overlapping.add(start.path());
        }
      } catch (IOException e) {
        notices.add(e.getMessage() + ".");
        next = captures.next();
      }
    }
    return current.isPresent();
  }

  /** Waits a little for the writer; false if it is not to be waited for any longer. */
  private boolean lookForMore(long deadline) throws IOException {
    if (System.nanoTime() - lastScan >= SCAN_NANOS) {
      scan();
    }
    if (captures.peek().isPresent()) {
      current.ifPresent(FileInput::complete);
      return true;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      return false;
    }
    try {
      Thread.sleep(Math.min(left, ByteSource.LOOK_MILLIS));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public SourceCounters counters() {
    return counters;
  }

  @Override
  public double progress() {
    if (followed) {
      return -1;
    }
    double read = bytesBefore + current.map(input -> input.progress() * currentBytes).orElse(0.0);
    return Math.min(1, read / captures.bytes());
  }

  @Override
  public List<String> notices() {
    List<String> all = new ArrayList<>(captures.notices());
    all.addAll(notices);
    if (!overlapping.isEmpty()) {
      all.add(
          ("%s begins before the capture ahead of it ends, as do %d more; merge captures of the"
                  + " same time with mergecap to have their packets in order.")
              .formatted(overlapping.getFirst(), overlapping.size() - 1));
    }
    current.ifPresent(input -> all.addAll(input.notices()));
    return all;
  }

  @Override
  public void close() {
    closed = true;
    current.ifPresent(this::finish);
  }
}
