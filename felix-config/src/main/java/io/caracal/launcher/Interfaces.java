package io.caracal.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The interfaces a command captures. */
final class Interfaces {
  @Option(
      names = {"-i", "--interface"},
      paramLabel = "IFACE",
      description =
          "network interface, given several times for several; SOURCE::IFACE names the packet"
              + " source that captures it, for example pcap4j::eth0")
  private List<String> interfaces = List.of();

  @Option(
      names = "--filter",
      paramLabel = "BPF",
      description = "capture filter in tcpdump's syntax, for every interface")
  private String filter = "";

  boolean named() {
    return !interfaces.isEmpty();
  }

  /** The interfaces in the core's words. */
  void describe(Map<String, Object> options) {
    options.put("interfaces", interfaces);
    options.put("filter", filter);
  }
}
