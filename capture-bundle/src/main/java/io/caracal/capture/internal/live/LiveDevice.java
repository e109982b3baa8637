package io.caracal.capture.internal.live;

import com.sun.jna.Pointer;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.lang.reflect.Field;
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

/** Opens one interface through pcap4j and says in a sentence why it could not. */
final class LiveDevice {
  private static final int PERMISSION_DENIED = -8;
  private static final int INTERFACE_DOWN = -9;

  /** The pseudo device of all interfaces, which knows no promiscuous mode. */
  private static final String ANY = "any";

  private final SourceRequest request;

  LiveDevice(SourceRequest request) {
    this.request = request;
  }

  PacketInput open(Libpcap libpcap) throws IOException {
    checkName();
    PcapHandle handle = activate();
    try {
      if (!request.filter().isEmpty()) {
        filter(handle);
      }
      handle.setBlockingMode(BlockingMode.NONBLOCKING);
      return new LiveInput(request.name(), handle, address(handle), libpcap);
    } catch (PcapNativeException | NotOpenException e) {
      handle.close();
      throw new IOException(
          request.name() + " cannot be captured: " + e.getMessage() + "; check the interface", e);
    } catch (IOException | RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private void checkName() throws IOException {
    List<String> names;
    try {
      names =
          Pcaps.findAllDevs().stream()
              .filter(device -> device.isUp() || device.getName().equals(request.name()))
              .map(PcapNetworkInterface::getName)
              .toList();
    } catch (PcapNativeException e) {
      throw new IOException(
          "the interfaces cannot be listed: " + e.getMessage() + "; run with CAP_NET_RAW", e);
    }
    if (!names.contains(request.name())) {
      throw new IOException(
          request.name() + " is not an interface; choose one of " + String.join(", ", names));
    }
  }

  private PcapHandle activate() throws IOException {
    PcapHandle.Builder builder =
        new PcapHandle.Builder(request.name())
            .snaplen(request.snapshotLength())
            .promiscuousMode(
                request.name().equals(ANY)
                    ? PromiscuousMode.NONPROMISCUOUS
                    : PromiscuousMode.PROMISCUOUS)
            .timeoutMillis(Math.max(request.delayMillis(), 1))
            .timestampPrecision(TimestampPrecision.NANO);
    if (request.bufferBytes() > 0) {
      builder.bufferSize(request.bufferBytes());
    }
    try {
      return builder.build();
    } catch (PcapNativeException e) {
      throw new IOException(request.name() + " " + reason(e), e);
    }
  }

  private String reason(PcapNativeException e) {
    Integer code = e.getReturnCode();
    if (code != null && code == PERMISSION_DENIED) {
      return "may not be captured by this user; give the sensor the capability CAP_NET_RAW"
          + " (systemd's AmbientCapabilities, or setcap cap_net_raw+ep on java), or run it as root";
    }
    if (code != null && code == INTERFACE_DOWN) {
      return "is down; bring it up with ip link set " + request.name() + " up";
    }
    return "cannot be captured: " + e.getMessage() + "; check the interface and its driver";
  }

  private void filter(PcapHandle handle) throws IOException, NotOpenException {
    try {
      handle.setFilter(request.filter(), BpfCompileMode.OPTIMIZE);
    } catch (PcapNativeException e) {
      throw new IOException(
          "the filter \""
              + request.filter()
              + "\" is not valid on "
              + request.name()
              + " ("
              + e.getMessage()
              + "); see man pcap-filter",
          e);
    }
  }

  /** The {@code pcap_t*}, which pcap4j keeps to itself. */
  private static long address(PcapHandle handle) {
    try {
      Field field = PcapHandle.class.getDeclaredField("handle");
      field.setAccessible(true);
      return Pointer.nativeValue((Pointer) field.get(handle));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is not the version of pcap4j in the bundle", e);
    }
  }
}
