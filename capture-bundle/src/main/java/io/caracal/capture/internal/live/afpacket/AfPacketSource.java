package io.caracal.capture.internal.live.afpacket;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.Interfaces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Component;

/** Live interfaces that carry Ethernet or bare IP, on Linux; splits them into lanes. */
@Component(property = "service.ranking:Integer=30")
public final class AfPacketSource implements PacketSource {
  /** The pseudo device of all interfaces, which is an invention of libpcap. */
  private static final String ANY = "any";

  @Override
  public String name() {
    return "afpacket";
  }

  /** An interface that is not there is supported: {@link #open} says which ones there are. */
  @Override
  public boolean supports(SourceRequest request) {
    if (request.kind() != SourceRequest.Kind.LIVE
        || !Interfaces.onLinux()
        || request.name().equals(ANY)) {
      return false;
    }
    OptionalLong hardware = Interfaces.hardwareType(request.name());
    return hardware.isEmpty() || HardwareType.linkType(hardware.getAsLong()).isPresent();
  }

  @Override
  public PacketInput open(SourceRequest request) throws IOException {
    return openLanes(request, 1).getFirst();
  }

  @Override
  public List<PacketInput> openLanes(SourceRequest request, int lanes) throws IOException {
    List<AfPacketInput> inputs = new ArrayList<>();
    try {
      for (int i = 0; i < lanes; i++) {
        inputs.add(new AfPacketInput(request, i == 0));
      }
      start(request, inputs);
      return List.copyOf(inputs);
    } catch (IOException | RuntimeException e) {
      inputs.forEach(AfPacketInput::close);
      throw e;
    }
  }

  /**
   * Until here each socket drops everything: a frame that came while the sockets join would be
   * delivered by each that has not joined, or in the lane of a smaller number of sockets.
   */
  private static void start(SourceRequest request, List<AfPacketInput> inputs) throws IOException {
    SocketFilter filter = SocketFilter.of(request, inputs.getFirst().linkType());
    if (inputs.size() > 1) {
      Fanout.join(inputs);
    }
    for (AfPacketInput input : inputs) {
      input.attach(filter);
    }
  }
}
