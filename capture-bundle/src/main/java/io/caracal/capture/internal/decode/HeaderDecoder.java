package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;

/**
 * Decodes a frame from the outside in: link layer, tags, IP, transport, and again for every packet
 * carried inside.
 */
final class HeaderDecoder implements PacketDecoder {
  private static final int MAX_TUNNELS = 4;

  private final FrameReader reader = new FrameReader();
  private final FragmentTable fragments = new FragmentTable();
  private final Layers layers = new Layers(fragments);

  /** The slots of those carriers of the current packet that are first fragments. */
  private final int[] firstFragments = new int[MAX_TUNNELS];

  @Override
  public DecodeResult decode(Frame frame, PacketHeaders into) {
    DecodeResult result = outermost(frame, into);
    if (result == OK && reader.carries != Encapsulation.NONE) {
      inside(frame, into);
    }
    return result;
  }

  private DecodeResult outermost(Frame frame, PacketHeaders into) {
    reader.start(frame);
    into.timeNanos = frame.timeNanos;
    into.truncated = frame.capturedLength < frame.wireLength;
    if (into.encapsulation != Encapsulation.NONE) {
      into.encapsulation = Encapsulation.NONE;
    }
    if (into.inner != OK) {
      into.inner = OK;
    }
    into.tunnelDepth = 0;
    into.tunnelId = 0;
    Transport.clearApplication(into);
    DecodeResult result = LinkLayer.open(frame.linkType, reader);
    return result == OK ? layers(frame, into) : result;
  }

  private DecodeResult layers(Frame frame, PacketHeaders into) {
    DecodeResult result = layers.decode(reader, into);
    if (result == OK) {
      into.transportOffset = (int) (reader.at - frame.offset);
    }
    return result;
  }

  private void inside(Frame frame, PacketHeaders into) {
    DecodeResult reason = follow(frame, into, MAX_TUNNELS);
    if (reason != OK) {
      // The headers are overwritten by those of a packet that turned out to be none. Decoding again
      // up to there costs less than a copy of the headers for every packet in a tunnel.
      int good = into.tunnelDepth - 1;
      outermost(frame, into);
      follow(frame, into, good);
      into.inner = reason;
    }
  }

  /**
   * Takes encapsulations off, at most until so many are.
   *
   * @return why the packet inside the last one could not be decoded
   */
  private DecodeResult follow(Frame frame, PacketHeaders into, int limit) {
    DecodeResult result = OK;
    int fragmented = 0;
    while (result == OK && reader.carries != Encapsulation.NONE) {
      DecodeResult opened = Tunnels.open(reader, into.destinationPort);
      if (opened == OK && reader.type != FrameReader.NOTHING && into.tunnelDepth == limit) {
        opened = TOO_DEEP;
      }
      into.inner = opened;
      if (opened != OK || reader.type == FrameReader.NOTHING) {
        break;
      }
      if (into.fragment) {
        firstFragments[fragmented++] = fragments.last();
      }
      into.encapsulation = reader.carries;
      into.tunnelDepth++;
      into.tunnelId = reader.tunnelId;
      reader.carries = Encapsulation.NONE;
      Transport.clearApplication(into);
      result = layers(frame, into);
    }
    for (int i = 0; i < fragmented; i++) {
      fragments.forward(firstFragments[i], into);
    }
    return result;
  }
}
