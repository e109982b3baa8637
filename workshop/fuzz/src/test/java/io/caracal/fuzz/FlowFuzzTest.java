package io.caracal.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames at any time, forwards and backwards, through the decoder into the flow table and views.
 */
@Tag("flow")
class FlowFuzzTest {
  @MethodSource("io.caracal.fuzz.Seeds#frames")
  @FuzzTest
  void everyPacketIsInOneFlow(byte[] script) {
    FlowLedger ledger = new FlowLedger();
    for (FrameScript frames = new FrameScript(script); frames.next(); ) {
      ledger.onFrame(frames.frame());
    }
    ledger.close();
  }
}
