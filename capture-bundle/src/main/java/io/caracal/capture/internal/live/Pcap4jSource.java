package io.caracal.capture.internal.live;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Live interfaces through libpcap. Mentions no class of pcap4j, see the package. */
@Component
public final class Pcap4jSource implements PacketSource {
  @Override
  public String name() {
    return "pcap4j";
  }

  @Override
  public boolean supports(SourceRequest request) {
    return request.kind() == SourceRequest.Kind.LIVE;
  }

  @Override
  public PacketInput open(SourceRequest request) throws IOException {
    Libpcap libpcap =
        Libpcap.load()
            .orElseThrow(
                () ->
                    new IOException(
                        request.name()
                            + " cannot be captured because this machine has no libpcap;"
                            + " install the Debian package libpcap0.8"));
    return new LiveDevice(request).open(libpcap);
  }
}
