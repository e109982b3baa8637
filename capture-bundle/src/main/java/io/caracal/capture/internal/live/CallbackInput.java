package io.caracal.capture.internal.live;

import io.caracal.api.packet.FrameHandler;
import java.io.IOException;
import java.util.Optional;

/**
 * An input whose frames come as calls from native code. What the handler throws must not pass
 * through that; it is thrown again once the native code has returned.
 */
public abstract class CallbackInput extends LiveInput {
  private static final FrameHandler NOBODY = frame -> {};

  private FrameHandler handler = NOBODY;
  private Optional<Throwable> failure = Optional.empty();
  private int delivered;

  /**
   * Has the native code call back for each frame that is there, without waiting.
   *
   * @param limit most frames
   * @throws IOException if the interface cannot be read any more
   */
  protected abstract void dispatch(int limit) throws IOException;

  /** Makes a running {@link #dispatch} return after the frame in hand. */
  protected abstract void breakLoop();

  /** Takes the frame in hand; to be called once for each. */
  protected final void received() {
    delivered++;
    try {
      deliver(handler);
    } catch (Throwable thrown) {
      failure = Optional.of(thrown);
      breakLoop();
    }
  }

  @Override
  protected final int read(FrameHandler receiver, int limit) throws IOException {
    handler = receiver;
    delivered = 0;
    try {
      dispatch(limit);
    } finally {
      handler = NOBODY;
    }
    if (failure.isPresent()) {
      Throwable thrown = failure.get();
      failure = Optional.empty();
      rethrow(thrown);
    }
    return delivered;
  }

  private static void rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    throw new IllegalStateException("a frame handler throws no checked exception", thrown);
  }
}
