package io.caracal.capture.internal.decode;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;

/** Chooses who takes off an encapsulation. */
final class Tunnels {
  private static final int TEREDO = 3544;
  private static final int VXLAN = 4789, VXLAN_GPE = 4790;

  /** What Linux used for VXLAN before there was a standard. */
  private static final int VXLAN_LINUX = 8472;

  private static final int GENEVE = 6081;
  private static final int GTP_U = 2152;
  private static final int GRE = 4754;

  private Tunnels() {}

  /** What a UDP datagram between these ports may carry. */
  static Encapsulation byPort(int source, int destination) {
    return switch (destination) {
      case VXLAN, VXLAN_GPE, VXLAN_LINUX -> Encapsulation.VXLAN;
      case GENEVE -> Encapsulation.GENEVE;
      case GTP_U -> Encapsulation.GTP_U;
      case TEREDO -> Encapsulation.TEREDO;
      case GRE -> Encapsulation.GRE;
      default -> source == TEREDO ? Encapsulation.TEREDO : Encapsulation.NONE;
    };
  }

  /**
   * Reads the header of the encapsulation that the reader stands at, up to the packet inside.
   *
   * @param port the destination port, 0 if the carrier has none
   * @return OK also if nothing is inside, which the reader's type says; otherwise what is wrong
   */
  static DecodeResult open(FrameReader reader, int port) {
    reader.tunnelId = 0;
    return switch (reader.carries) {
      case IP_IN_IP -> reader.next(0, EtherType.IPV4);
      case IPV6_IN_IP -> reader.next(0, EtherType.IPV6);
      case GRE, ERSPAN -> port == GRE ? Gre.inDatagram(reader) : Gre.open(reader);
      case VXLAN -> port == VXLAN_GPE ? Vxlan.generic(reader) : Vxlan.open(reader);
      case GENEVE -> Geneve.open(reader);
      case GTP_U -> GtpU.open(reader);
      case TEREDO -> Teredo.open(reader);
      case NONE -> reader.nothing();
    };
  }
}
