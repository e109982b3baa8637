package io.caracal.capture.internal.live.libpcap;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.caracal.capture.internal.live.CallbackInput;
import io.caracal.capture.internal.live.Readiness;
import io.caracal.capture.internal.live.Refusal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * libpcap calls back for each frame in its ring; the frame is handed on where it lies. {@code
 * pcap_next_ex} would copy each frame first.
 */
final class LibpcapInput extends CallbackInput {
  /** All of memory, so that a frame is an offset and not an object; libpcap vouches for it. */
  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final String name;
  private final LibpcapHandle handle;
  private final Libpcap libpcap;
  private final long fractionNanos;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callback;
  private final Readiness readiness;

  LibpcapInput(String name, LibpcapHandle handle) {
    this.name = name;
    this.handle = handle;
    libpcap = handle.libpcap;
    fractionNanos = handle.fractionNanos();
    frame.segment = MEMORY;
    frame.linkType = handle.linkType();
    callback = Linker.nativeLinker().upcallStub(onPacket(), Libpcap.CALLBACK, arena);
    readiness = new Readiness(handle.selectableFile(), arena);
  }

  private MethodHandle onPacket() {
    try {
      MethodType type = MethodType.methodType(void.class, long.class, long.class, long.class);
      return MethodHandles.lookup().findVirtual(LibpcapInput.class, "onPacket", type).bindTo(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the method stands below", e);
    }
  }

  @Override
  protected void dispatch(int limit) throws IOException {
    int result = libpcap.dispatch(handle.address, limit, callback);
    if (result < 0 && result != Libpcap.BROKEN) {
      throw Refusal.interfaceLost(name, handle.error());
    }
  }

  @Override
  protected void breakLoop() {
    libpcap.breakLoop(handle.address);
  }

  /** Called by libpcap on the polling thread. */
  @SuppressWarnings({"unused", "UnusedMethod"}) // by name, see onPacket()
  private void onPacket(long user, long header, long data) {
    // struct pcap_pkthdr: two longs of time, captured length, length on the wire.
    frame.timeNanos =
        MEMORY.get(JAVA_LONG, header) * 1_000_000_000L
            + MEMORY.get(JAVA_LONG, header + 8) * fractionNanos;
    frame.capturedLength = MEMORY.get(JAVA_INT, header + 16);
    frame.wireLength = MEMORY.get(JAVA_INT, header + 20);
    frame.offset = data;
    received();
  }

  @Override
  protected boolean await(int millis) {
    return readiness.await(millis);
  }

  @Override
  protected Losses losses(Losses before) {
    return handle.losses(before);
  }

  @Override
  protected void release() {
    handle.close();
    arena.close();
  }
}
