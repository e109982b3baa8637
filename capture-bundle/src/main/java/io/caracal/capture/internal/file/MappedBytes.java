package io.caracal.capture.internal.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/** A whole file mapped into memory, of any size: nothing is copied. */
final class MappedBytes extends CaptureBytes {
  private final Arena arena;

  private MappedBytes(Arena arena, MemorySegment segment) {
    super(segment, segment.byteSize());
    this.arena = arena;
  }

  static MappedBytes of(FileChannel channel) throws IOException {
    // Shared, because the thread that opens an input need not be the one that reads it.
    Arena arena = Arena.ofShared();
    try {
      return new MappedBytes(arena, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  @Override
  boolean fill(long bytes) {
    return false;
  }

  @Override
  double progress() {
    return (double) position / limit;
  }

  @Override
  String unit() {
    return "byte";
  }

  @Override
  public void close() {
    arena.close();
  }
}
