package io.caracal.capture.internal.live;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pair of virtual interfaces: the one end here, to be captured, the other in a network namespace
 * of its own, from where tcpreplay sends. Nothing else passes between them. Needs root.
 */
public final class Veth implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final int LONGEST_FRAME = 9014;

  /** The interface to capture. */
  public final String name;

  private final String namespace;
  private final String peer;

  private Veth(String name) {
    this.name = name;
    namespace = name + "n";
    peer = name + "p";
  }

  /** Makes the pair, or ends the test with the reason why it cannot run here. */
  public static Veth open() throws IOException {
    for (String program : List.of("ip", "ethtool", "tcpreplay")) {
      assumeThat(installed(program)).as("the program " + program).isTrue();
    }
    long process = ProcessHandle.current().pid() % 1_000_000;
    Veth veth = new Veth("cv" + process + "x" + NEXT.getAndIncrement());
    try {
      run("ip", "netns", "add", veth.namespace);
    } catch (IOException e) {
      assumeThat(e).as("root, and network namespaces").isNull();
    }
    try {
      veth.connect();
      return veth;
    } catch (IOException | RuntimeException e) {
      veth.close();
      throw e;
    }
  }

  private static boolean installed(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private void connect() throws IOException {
    run("ip", "link", "add", name, "type", "veth", "peer", "name", peer, "netns", namespace);
    quiet(List.of(), name);
    quiet(List.of("ip", "netns", "exec", namespace), peer);
  }

  /** No IPv6, no ARP, no offloading, frames of any size: what is sent comes as it is, alone. */
  private static void quiet(List<String> where, String end) throws IOException {
    run(where, "sysctl", "-qw", "net.ipv6.conf." + end + ".disable_ipv6=1");
    String off = "rx off tx off gso off gro off tso off";
    run(where, ("ethtool -K " + end + " " + off).split(" "));
    run(where, "ip", "link", "set", end, "mtu", "9000", "arp", "off", "up");
  }

  /** Sends the frames from the far end, and returns when they are sent. */
  public void send(List<byte[]> frames) throws IOException {
    Path capture = Files.createTempFile("caracal", ".pcap");
    try {
      Files.write(capture, pcap(frames));
      run(
          List.of("ip", "netns", "exec", namespace),
          "tcpreplay",
          "-q",
          "--pps=20000",
          "-i",
          peer,
          capture.toString());
    } finally {
      Files.delete(capture);
    }
  }

  private static byte[] pcap(List<byte[]> frames) {
    int size = 24 + frames.stream().mapToInt(frame -> 16 + frame.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    out.putInt(LONGEST_FRAME).putInt(1);
    for (byte[] frame : frames) {
      out.putInt(0).putInt(0).putInt(frame.length).putInt(frame.length).put(frame);
    }
    return out.array();
  }

  /** Takes the interface to capture down. */
  public void down() throws IOException {
    run("ip", "link", "set", name, "down");
  }

  /** Takes the pair away while it is captured. */
  public void remove() throws IOException {
    run("ip", "link", "del", name);
  }

  private static void run(String... command) throws IOException {
    run(List.of(), command);
  }

  private static void run(List<String> where, String... command) throws IOException {
    List<String> all = new ArrayList<>(where);
    all.addAll(List.of(command));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", all) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Takes the namespace away, and the pair with it. */
  @Override
  public void close() throws IOException {
    run("ip", "netns", "del", namespace);
  }
}
