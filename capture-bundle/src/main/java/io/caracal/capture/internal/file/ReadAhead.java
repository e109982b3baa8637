package io.caracal.capture.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads another source in a thread of its own, a few pieces ahead. */
final class ReadAhead implements ByteSource {
  private static final int PIECES = 4;
  private static final long STOP_MILLIS = 1000;

  private final ByteSource source;
  private final BlockingQueue<ByteBuffer> empty = new ArrayBlockingQueue<>(PIECES);
  private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(PIECES + 1);
  private final Thread thread = new Thread(this::run, "caracal-read");

  /** Why the thread ended; written before the last piece is handed over, which is empty. */
  private Optional<Exception> failure = Optional.empty();

  private ByteBuffer piece = ByteBuffer.allocate(0);
  private boolean ended;
  private volatile double progress;

  private ReadAhead(ByteSource source, int pieceBytes) {
    this.source = source;
    for (int i = 0; i < PIECES; i++) {
      empty.add(ByteBuffer.allocateDirect(pieceBytes));
    }
    progress = source.progress();
    thread.setDaemon(true);
  }

  /** Starts to read; the source belongs to the new thread from now on. */
  static ReadAhead of(ByteSource source, int pieceBytes) {
    ReadAhead ahead = new ReadAhead(source, pieceBytes);
    ahead.thread.start();
    return ahead;
  }

  private void run() {
    try (source) {
      ByteBuffer next = empty.take().clear();
      while (source.read(next) != END) {
        progress = source.progress();
        full.put(next.flip());
        next = empty.take().clear();
      }
    } catch (DamagedCapture | IOException | RuntimeException | InterruptedException e) {
      failure = Optional.of(e);
    }
    full.add(ByteBuffer.allocate(0));
  }

  @Override
  public int read(ByteBuffer target) throws DamagedCapture, IOException {
    if (!piece.hasRemaining() && !ended) {
      take(full.poll());
    }
    if (ended) {
      rethrow();
      return END;
    }
    int count = Math.min(piece.remaining(), target.remaining());
    int end = piece.limit();
    target.put(piece.limit(piece.position() + count));
    piece.limit(end);
    return count;
  }

  @Override
  public void await(long millis) throws InterruptedException {
    if (!piece.hasRemaining() && !ended) {
      take(full.poll(millis, TimeUnit.MILLISECONDS));
    }
  }

  private void take(@Nullable ByteBuffer next) {
    if (next != null) {
      if (piece.isDirect()) {
        empty.add(piece);
      }
      piece = next;
      ended = !next.hasRemaining();
    }
  }

  private void rethrow() throws DamagedCapture, IOException {
    if (failure.isPresent()) {
      switch (failure.get()) {
        case DamagedCapture e -> throw e;
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        default -> {}
      }
    }
  }

  @Override
  public double progress() {
    return progress;
  }

  /** Ends the thread, which closes the source; a read that cannot be woken keeps both. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
