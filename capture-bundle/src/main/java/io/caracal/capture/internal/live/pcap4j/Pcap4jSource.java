package io.caracal.capture.internal.live.pcap4j;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Live interfaces through pcap4j. Mentions no class of pcap4j or JNA, so that files need none. */
@Component(property = "service.ranking:Integer=10")
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
    Pcap4jLibrary.find(request.name());
    return new Pcap4jDevice(request).open();
  }
}
