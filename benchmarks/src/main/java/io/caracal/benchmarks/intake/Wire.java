package io.caracal.benchmarks.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A cable of which one end lies in a network namespace of its own, so that what is replayed there
 * arrives at the other end and nowhere else. Needs root, {@code ip} and {@code tcpreplay}.
 */
final class Wire implements AutoCloseable {
  private static final String NAMESPACE = "caracal-bench";
  private static final String FAR_END = "cbench1";

  /** The end to capture at. */
  static final String NEAR_END = "cbench0";

  private Wire() {}

  static Wire lay() throws IOException {
    Wire wire = new Wire();
    try {
      run("ip", "netns", "add", NAMESPACE);
      run("ip", "link", "add", NEAR_END, "type", "veth", "peer", "name", FAR_END);
      run("ip", "link", "set", FAR_END, "netns", NAMESPACE);
      run("ip", "link", "set", NEAR_END, "mtu", "9000", "arp", "off", "addrgenmode", "none", "up");
      run(far("ip", "link", "set", FAR_END, "mtu", "9000", "arp", "off", "addrgenmode", "none"));
      run(far("ip", "link", "set", FAR_END, "up"));
      return wire;
    } catch (IOException e) {
      wire.close();
      throw e;
    }
  }

  /** Starts to replay a capture as fast as it goes. */
  Process replay(Path capture, int times) throws IOException {
    return new ProcessBuilder(
            far(
                "tcpreplay",
                "--quiet",
                "--preload-pcap",
                "--topspeed",
                "--loop=" + times,
                "--intf1=" + FAR_END,
                capture.toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String[] far(String... command) {
    List<String> whole = new java.util.ArrayList<>(List.of("ip", "netns", "exec", NAMESPACE));
    whole.addAll(List.of(command));
    return whole.toArray(String[]::new);
  }

  private static void run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(
            String.join(" ", command) + " failed: " + said.strip() + "; run as root");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Takes the namespace away, and both ends with it. */
  @Override
  public void close() throws IOException {
    run("ip", "netns", "delete", NAMESPACE);
  }
}
