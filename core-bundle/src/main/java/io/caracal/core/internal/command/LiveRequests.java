package io.caracal.core.internal.command;

import io.caracal.api.packet.SourceRequest;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.capture.InterfaceName;
import io.caracal.core.internal.command.Command.Options;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which interfaces to capture, and how. */
final class LiveRequests {
  private LiveRequests() {}

  /** What the options {@code interfaces} and {@code filter} and the settings ask for. */
  static Map<InterfaceName, SourceRequest> of(Options options, Settings settings) {
    String source = settings.text("capture.source", InterfaceName.AUTO);
    Map<InterfaceName, SourceRequest> requests = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (String text : options.texts("interfaces")) {
      InterfaceName wanted = InterfaceName.parse(text, source);
      if (!names.add(wanted.name())) {
        throw new Failure(wanted.name() + " is named twice; name each interface once");
      }
      requests.put(
          wanted,
          SourceRequest.live(
              wanted.name(),
              options.text("filter", ""),
              settings.integer("capture.snapshot-length", 262_144),
              settings.integer("capture.buffer-bytes", 64 << 20),
              (int) Math.ceil(1000 * settings.number("capture.delay", 0.02)),
              settings.flag("capture.promiscuous", true)));
    }
    return requests;
  }
}
