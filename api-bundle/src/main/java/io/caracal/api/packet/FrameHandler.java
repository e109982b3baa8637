package io.caracal.api.packet;

import org.osgi.annotation.versioning.ProviderType;

/** Receives frames from a {@link PacketInput}; implemented by the host. */
@ProviderType
@FunctionalInterface
public interface FrameHandler {
  /**
   * Takes one frame. The frame and its bytes belong to the source again once this returns.
   *
   * @param frame the reused frame
   */
  void onFrame(Frame frame);
}
