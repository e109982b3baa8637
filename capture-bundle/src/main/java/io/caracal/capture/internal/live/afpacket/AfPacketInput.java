package io.caracal.capture.internal.live.afpacket;

import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.Interfaces;
import io.caracal.capture.internal.live.LiveInput;
import io.caracal.capture.internal.live.NativeFunctions;
import io.caracal.capture.internal.live.NativeFunctions.Result;
import io.caracal.capture.internal.live.Readiness;
import io.caracal.capture.internal.live.Refusal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.OptionalInt;

/** A packet socket and its ring: one lane. It drops everything until a filter is attached. */
final class AfPacketInput extends LiveInput {
  private final SourceRequest request;
  private final String name;
  private final PacketSocket socket;
  private final boolean countsInterface;
  private final boolean loopback;
  private final long dropsBefore;
  private final Arena arena = Arena.ofShared();
  private final PacketRing ring;
  private final Readiness readiness;

  /**
   * Opens the socket.
   *
   * @param countsInterface whether this lane reports what the interface drops, which is the same
   *     for all
   * @throws IOException if the interface cannot be captured
   */
  AfPacketInput(SourceRequest request, boolean countsInterface) throws IOException {
    this.request = request;
    name = request.name();
    this.countsInterface = countsInterface;
    dropsBefore = Interfaces.drops(name);
    socket = new PacketSocket(request);
    try {
      int index = socket.index();
      attach(SocketFilter.NOTHING);
      ring = PacketRing.map(socket, request, arena);
      socket.stampOnArrival();
      int hardware = socket.bind(index);
      frame.linkType = linkType(hardware);
      loopback = HardwareType.loopback(hardware);
      if (loopback) {
        socket.set(PacketSocket.PACKET_IGNORE_OUTGOING, 1);
      }
      if (request.promiscuous()) {
        socket.promiscuous(index);
      }
      readiness = new Readiness(socket.file, arena);
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
  }

  private int linkType(int hardwareType) throws IOException {
    OptionalInt linkType = HardwareType.linkType(hardwareType);
    return linkType.orElseThrow(
        () ->
            new IOException(
                name
                    + " is of hardware type "
                    + hardwareType
                    + ", which this source cannot read; set capture.source to libpcap"));
  }

  int linkType() {
    return frame.linkType;
  }

  boolean loopback() {
    return loopback;
  }

  PacketSocket socket() {
    return socket;
  }

  /** Lets the frames in that pass the filter. */
  void attach(SocketFilter filter) throws IOException {
    try (Arena program = Arena.ofConfined()) {
      Result attached =
          socket.trySet(
              PacketSocket.SOL_SOCKET, PacketSocket.SO_ATTACH_FILTER, filter.program(program));
      if (attached.failed()) {
        String reason = "the kernel takes no " + filter.length() + " instructions: ";
        throw Refusal.badFilter(request, reason + attached.error());
      }
    }
  }

  @Override
  protected int read(FrameHandler handler, int limit) throws IOException {
    int delivered = 0;
    while (delivered < limit && ring.next(frame)) {
      delivered++;
      deliver(handler);
    }
    if (delivered == 0 && readiness.failed()) {
      int error = socket.pendingError();
      if (error != 0) {
        throw Refusal.interfaceLost(name, NativeFunctions.error(error));
      }
    }
    return delivered;
  }

  @Override
  protected boolean await(int millis) {
    return readiness.await(millis);
  }

  @Override
  protected Losses losses(Losses before) {
    return socket.losses(before, countsInterface ? Interfaces.drops(name) - dropsBefore : 0);
  }

  @Override
  protected void release() {
    arena.close();
    socket.close();
  }
}
