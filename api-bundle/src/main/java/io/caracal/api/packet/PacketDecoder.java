package io.caracal.api.packet;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Decodes frames to headers. An instance belongs to one thread (it remembers first fragments);
 * {@link Factory} is the OSGi service. Decoding never throws, whatever the bytes.
 */
@ProviderType
public interface PacketDecoder {
  /**
   * Decodes one frame.
   *
   * @param frame the frame
   * @param into overwritten entirely if the result is {@link DecodeResult#OK}, undefined otherwise
   * @return {@link DecodeResult#OK}, or why the frame belongs to no flow
   */
  DecodeResult decode(Frame frame, PacketHeaders into);

  /** Makes decoders; the OSGi service. Thread-safe. */
  @ProviderType
  interface Factory {
    /**
     * A new decoder for one thread.
     *
     * @return the decoder
     */
    PacketDecoder create();
  }
}
