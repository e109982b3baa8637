package io.caracal.api.packet;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open stream of frames. Used by one thread at a time, except {@link #counters} which any thread
 * may call.
 */
@ConsumerType
public interface PacketInput extends AutoCloseable {
  /** Returned by {@link #poll} when no frame will ever come again. */
  int END = -1;

  /**
   * Hands over at most {@code limit} frames, in capture order. A live or growing input waits for
   * the first one.
   *
   * @param handler takes each frame; if it throws, the exception passes through and the frame
   *     counts as delivered
   * @param limit most frames to deliver in this call, at least 1
   * @param waitMillis longest wait for the first frame, in milliseconds; 0 not to wait
   * @return frames delivered, 0 if none came in time, {@link #END} when the input is exhausted
   * @throws IOException if the input failed; a file that merely ends early is not a failure but a
   *     {@linkplain #notices notice}
   */
  int poll(FrameHandler handler, int limit, int waitMillis) throws IOException;

  /**
   * Counts so far.
   *
   * @return a snapshot
   */
  SourceCounters counters();

  /**
   * How much of the input has been read.
   *
   * @return 0 to 1, or a negative number where there is no end (live capture)
   */
  double progress();

  /**
   * What an operator should know about this input, for example that the capture was cut off in the
   * middle of a packet.
   *
   * @return sentences, complete once {@link #poll} returned {@link #END}; empty if there is nothing
   *     to say
   */
  List<String> notices();

  /** Releases the input; frames handed over before are no longer valid. */
  @Override
  void close();
}
