package io.caracal.capture.internal.live.libpcap;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.Interfaces;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Live interfaces through libpcap, whatever their link type. */
@Component(property = "service.ranking:Integer=20")
public final class LibpcapSource implements PacketSource {
  @Override
  public String name() {
    return "libpcap";
  }

  @Override
  public boolean supports(SourceRequest request) {
    return request.kind() == SourceRequest.Kind.LIVE && Interfaces.onLinux();
  }

  @Override
  public PacketInput open(SourceRequest request) throws IOException {
    LibpcapHandle handle = LibpcapHandle.open(Libpcap.load(request.name()), request);
    try {
      handle.prepare(request);
      return new LibpcapInput(request.name(), handle);
    } catch (IOException | RuntimeException e) {
      handle.close();
      throw e;
    }
  }
}
