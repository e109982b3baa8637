package io.caracal.core.internal.capture;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An interface that was opened.
 *
 * @param source the source that opened it
 * @param inputs one for each lane, or a single one
 * @param refused better sources that did not open it, and why
 */
record Opening(PacketSource source, List<PacketInput> inputs, Map<PacketSource, String> refused) {

  /**
   * Opens an interface by the first source that can.
   *
   * @param sources at least one, best first
   * @throws IOException with every reason, each said once, if none can
   */
  static Opening first(List<PacketSource> sources, SourceRequest request, int lanes)
      throws IOException {
    Map<PacketSource, String> refused = new LinkedHashMap<>();
    for (PacketSource source : sources) {
      try {
        return new Opening(source, source.openLanes(request, lanes), refused);
      } catch (IOException e) {
        refused.put(source, String.valueOf(e.getMessage()));
      } catch (RuntimeException | LinkageError e) { // a plugin may throw anything
        refused.put(source, source.name() + " failed on " + request.name() + ": " + e);
      }
    }
    throw new IOException(String.join("; ", refused.values().stream().distinct().toList()));
  }
}
