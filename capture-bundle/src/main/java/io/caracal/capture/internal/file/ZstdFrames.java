package io.caracal.capture.internal.file;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Unpacks zstd, RFC 8878. */
final class ZstdFrames implements Unpacker {
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final CaptureBytes packed;
  private boolean betweenFrames;

  ZstdFrames(CaptureBytes packed) {
    this.packed = packed;
  }

  @Override
  public int read(ByteBuffer target) throws DamagedCapture, IOException {
    int start = target.position();
    while (target.position() == start) {
      boolean more = packed.has(1);
      if (!more && betweenFrames) {
        return packed.ended() ? END : 0;
      }
      // Without input the decoder still gives what it holds back.
      try {
        betweenFrames = context.decompressDirectByteBufferStream(target, packed.unread());
      } catch (ZstdException e) {
        throw DamagedCapture.unpacking(e);
      }
      packed.taken();
      if (!more && target.position() == start) {
        if (packed.ended()) {
          throw DamagedCapture.packedDataCut();
        }
        return 0;
      }
    }
    return target.position() - start;
  }

  @Override
  public CaptureBytes packed() {
    return packed;
  }

  @Override
  public void close() {
    context.close();
    packed.close();
  }
}
