package io.caracal.capture.internal.live;

import io.caracal.api.packet.PacketSource;
import io.caracal.capture.internal.live.afpacket.AfPacketSource;
import io.caracal.capture.internal.live.libpcap.LibpcapSource;
import io.caracal.capture.internal.live.pcap4j.Pcap4jSource;

/** The live sources. */
enum Live {
  PCAP4J,
  LIBPCAP,
  AFPACKET;

  PacketSource source() {
    return switch (this) {
      case PCAP4J -> new Pcap4jSource();
      case LIBPCAP -> new LibpcapSource();
      case AFPACKET -> new AfPacketSource();
    };
  }
}
