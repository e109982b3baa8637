package io.caracal.capture.internal.file;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Unpacks zstd, RFC 8878. */
final class ZstdFrames implements Unpacker {
  private static final long PIECE = 1 << 20;

  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final MemorySegment packed;
  private long position;
  private boolean betweenFrames;

  ZstdFrames(MemorySegment packed) {
    this.packed = packed;
  }

  @Override
  public int unpack(ByteBuffer target) throws DamagedCapture {
    int start = target.position();
    while (target.position() == start) {
      long left = packed.byteSize() - position;
      if (left == 0 && betweenFrames) {
        return END;
      }
      // Without input the decoder still gives what it holds back.
      ByteBuffer source = packed.asSlice(position, Math.min(PIECE, left)).asByteBuffer();
      try {
        betweenFrames = context.decompressDirectByteBufferStream(target, source);
      } catch (ZstdException e) {
        throw DamagedCapture.unpacking(e);
      }
      position += source.position();
      if (left == 0 && target.position() == start) {
        throw DamagedCapture.packedDataCut();
      }
    }
    return target.position() - start;
  }

  @Override
  public long consumed() {
    return position;
  }

  @Override
  public void close() {
    context.close();
  }
}
