package io.caracal.capture.internal.live.pcap4j;

import io.caracal.capture.internal.live.CallbackInput;
import io.caracal.capture.internal.live.Counting;
import io.caracal.capture.internal.live.LinkTypes;
import io.caracal.capture.internal.live.Refusal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.sql.Timestamp;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.RawPacketListener;

/** pcap4j calls back for each frame with an array of its own. */
final class Pcap4jInput extends CallbackInput {
  private final String name;
  private final PcapHandle handle;
  private final RawPacketListener listener = this::onPacket;

  private boolean breaking;

  Pcap4jInput(String name, PcapHandle handle) {
    this.name = name;
    this.handle = handle;
    frame.linkType = LinkTypes.ofDataLink(handle.getDlt().value());
  }

  @Override
  protected void dispatch(int limit) throws IOException {
    breaking = false;
    try {
      handle.dispatch(limit, listener);
    } catch (InterruptedException e) {
      if (!breaking) {
        Thread.currentThread().interrupt();
      }
    } catch (PcapNativeException | NotOpenException e) {
      throw Refusal.interfaceLost(name, String.valueOf(e.getMessage()));
    }
  }

  /** pcap4j reports this as an interruption of its loop. */
  @Override
  protected void breakLoop() {
    breaking = true;
    try {
      handle.breakLoop();
    } catch (NotOpenException e) {
      throw new IllegalStateException("only close() closes, and not while frames are read", e);
    }
  }

  private void onPacket(byte[] bytes) {
    Timestamp time = handle.getTimestamp();
    frame.timeNanos = Math.floorDiv(time.getTime(), 1000L) * 1_000_000_000L + time.getNanos();
    frame.segment = MemorySegment.ofArray(bytes);
    frame.offset = 0;
    frame.capturedLength = bytes.length;
    frame.wireLength = handle.getOriginalLength();
    received();
  }

  /** pcap4j offers nothing to wait for that serves everywhere, so this looks every millisecond. */
  @Override
  protected boolean await(int millis) {
    try {
      Thread.sleep(1);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  protected Losses losses(Losses before) {
    try {
      PcapStat statistics = handle.getStats();
      return new Losses(
          Counting.grown(before.byKernel(), statistics.getNumPacketsDropped()),
          Counting.grown(before.byInterface(), statistics.getNumPacketsDroppedByIf()),
          0);
    } catch (PcapNativeException | NotOpenException e) {
      // The interface went away: the counts stay, and reading frames reports the reason.
      return before;
    }
  }

  @Override
  protected void release() {
    handle.close();
  }
}
