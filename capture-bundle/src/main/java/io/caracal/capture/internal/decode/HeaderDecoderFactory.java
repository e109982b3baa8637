package io.caracal.capture.internal.decode;

import io.caracal.api.packet.PacketDecoder;
import org.osgi.service.component.annotations.Component;

/** The service that makes decoders. */
@Component
public final class HeaderDecoderFactory implements PacketDecoder.Factory {
  @Override
  public PacketDecoder create() {
    return new HeaderDecoder();
  }
}
