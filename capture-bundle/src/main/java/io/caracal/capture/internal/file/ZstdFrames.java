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

  /** Nothing is held back: the decoder takes it for damage to be asked again without new input. */
  private boolean drained;

  ZstdFrames(CaptureBytes packed) {
    this.packed = packed;
  }

  @Override
  public int read(ByteBuffer target) throws DamagedCapture, IOException {
    int start = target.position();
    while (target.position() == start) {
      boolean more = packed.has(1);
      if (!more && (betweenFrames || drained)) {
        return nothing();
      }
      // Without input the decoder still gives what it holds back.
      try {
        betweenFrames = context.decompressDirectByteBufferStream(target, packed.unread());
      } catch (ZstdException e) {
        throw DamagedCapture.unpacking(e);
      }
      packed.taken();
      drained = !more && target.position() == start;
    }
    return target.position() - start;
  }

  private int nothing() throws DamagedCapture {
    if (!packed.ended()) {
      return 0;
    }
    if (betweenFrames) {
      return END;
    }
    throw DamagedCapture.packedDataCut();
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
