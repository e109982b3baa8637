package io.caracal.capture.internal.live.pcap4j;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.Interfaces;
import io.caracal.capture.internal.live.Refusal;
import java.io.IOException;
import java.util.List;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.Pcaps;

/** Opens one interface and says in a sentence why it could not. */
final class Pcap4jDevice {
  private static final int PERMISSION_DENIED = -8;
  private static final int INTERFACE_DOWN = -9;
  private static final int PROMISCUOUS_DENIED = -11;

  /** The pseudo device of all interfaces, which knows no promiscuous mode. */
  private static final String ANY = "any";

  /** pcap4j says this before what libpcap says. */
  private static final String COMPILER_ERROR = "Error occurred in pcap_compile: ";

  private final SourceRequest request;
  private final String name;

  Pcap4jDevice(SourceRequest request) {
    this.request = request;
    name = request.name();
  }

  PacketInput open() throws IOException {
    checkName();
    PcapHandle handle = activate();
    try {
      if (!request.filter().isEmpty()) {
        filter(handle);
      }
      handle.setBlockingMode(BlockingMode.NONBLOCKING);
      return new Pcap4jInput(name, handle);
    } catch (PcapNativeException | NotOpenException e) {
      handle.close();
      throw Refusal.other(name, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private void checkName() throws IOException {
    List<String> names;
    try {
      names = Pcaps.findAllDevs().stream().map(PcapNetworkInterface::getName).toList();
    } catch (PcapNativeException e) {
      throw Refusal.other(name, String.valueOf(e.getMessage()));
    }
    if (names.isEmpty()) {
      // Where nothing may be captured, libpcap lists nothing.
      throw Refusal.notPermitted(name);
    }
    if (!names.contains(name)) {
      throw Refusal.noSuchInterface(name, Interfaces.onLinux() ? Interfaces.names() : names);
    }
  }

  private PcapHandle activate() throws IOException {
    boolean promiscuous = request.promiscuous() && !name.equals(ANY);
    PcapHandle.Builder builder =
        new PcapHandle.Builder(name)
            .snaplen(request.snapshotLength())
            .promiscuousMode(
                promiscuous ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
            .timeoutMillis(Math.max(request.delayMillis(), 1))
            .immediateMode(request.delayMillis() == 0)
            .timestampPrecision(TimestampPrecision.NANO);
    if (request.bufferBytes() > 0) {
      builder.bufferSize(request.bufferBytes());
    }
    try {
      return builder.build();
    } catch (PcapNativeException e) {
      throw refusal(e);
    }
  }

  private IOException refusal(PcapNativeException e) {
    Integer code = e.getReturnCode();
    return switch (code == null ? 0 : code) {
      case PERMISSION_DENIED, PROMISCUOUS_DENIED -> Refusal.notPermitted(name);
      case INTERFACE_DOWN -> Refusal.interfaceDown(name);
      default -> Refusal.other(name, String.valueOf(e.getMessage()));
    };
  }

  private void filter(PcapHandle handle) throws IOException, NotOpenException {
    try {
      handle.setFilter(request.filter(), BpfCompileMode.OPTIMIZE);
    } catch (PcapNativeException e) {
      String reason = String.valueOf(e.getMessage());
      throw Refusal.badFilter(request, reason.replace(COMPILER_ERROR, ""));
    }
  }
}
