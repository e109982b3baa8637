package io.caracal.capture.internal.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.Optional;

/**
 * A compressed file, unpacked piece by piece into one native buffer. A record that is cut by the
 * end of the buffer is moved to its start before more is unpacked behind it.
 */
final class UnpackedBytes extends CaptureBytes {
  private static final long CAPACITY = 4 << 20;

  /** Unpacked at a time; small enough to be still in the processor's cache when it is read. */
  private static final long PIECE = 256 << 10;

  private final Arena arena;
  private final Unpacker unpacker;
  private final long packedSize;

  /** Reported once everything that could be unpacked before it has been read. */
  private Optional<DamagedCapture> damage = Optional.empty();

  private UnpackedBytes(Arena arena, Unpacker unpacker, long packedSize) {
    super(arena.allocate(CAPACITY), 0);
    this.arena = arena;
    this.unpacker = unpacker;
    this.packedSize = packedSize;
  }

  static UnpackedBytes of(FileChannel channel, Compression compression) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment packed = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      return new UnpackedBytes(arena, compression.unpacker(packed), packed.byteSize());
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  @Override
  boolean fill(long bytes) throws DamagedCapture {
    compact(bytes);
    while (limit < bytes) {
      if (damage.isPresent()) {
        throw damage.get();
      }
      long room = Math.min(PIECE, segment.byteSize() - limit);
      ByteBuffer target = segment.asSlice(limit, room).asByteBuffer();
      try {
        if (unpacker.unpack(target) == Unpacker.END) {
          return false;
        }
      } catch (DamagedCapture e) {
        damage = Optional.of(e);
      }
      limit += target.position();
    }
    return true;
  }

  private void compact(long bytes) {
    MemorySegment target =
        bytes > segment.byteSize()
            ? arena.allocate(Math.max(bytes, 2 * segment.byteSize()))
            : segment;
    MemorySegment.copy(segment, position, target, 0, limit - position);
    segment = target;
    base += position;
    limit -= position;
    position = 0;
  }

  @Override
  double progress() {
    return (double) unpacker.consumed() / packedSize;
  }

  @Override
  String unit() {
    return "unpacked byte";
  }

  @Override
  public void close() {
    unpacker.close();
    arena.close();
  }
}
