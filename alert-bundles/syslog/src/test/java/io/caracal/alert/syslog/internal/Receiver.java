package io.caracal.alert.syslog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.testkit.Certificates;
import io.caracal.testkit.DebianPackages;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A syslog daemon that writes what it has understood as lines of JSON: {@code pri}, {@code host},
 * {@code app}, {@code msgid}, {@code sd} and {@code msg}.
 */
abstract class Receiver implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 20_000;

  final Path folder;
  final Path output;
  final int port;
  private Process process;

  /** What the daemon listens for. */
  record Listen(String transport, String framing, Certificates.Pair own, Path clients) {
    static Listen plain(String transport, String framing) {
      return new Listen(transport, framing, null, null);
    }

    boolean tls() {
      return transport.equals("tls");
    }
  }

  Receiver(Path folder) throws IOException {
    this.folder = folder;
    this.output = folder.resolve("received");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  static Receiver of(String daemon, Path folder, Listen listen) throws Exception {
    Receiver receiver =
        daemon.equals("rsyslog") ? new Rsyslog(folder, listen) : new SyslogNg(folder, listen);
    receiver.start();
    if (!listen.transport().equals("udp")) {
      receiver.awaitListening();
    } else {
      Thread.sleep(1500); // nobody can see from outside whether it listens
    }
    return receiver;
  }

  abstract ProcessBuilder command();

  static DebianPackages packages(String... names) {
    return DebianPackages.of(names);
  }

  void start() throws IOException {
    process =
        command()
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("daemon.log").toFile()))
            .start();
  }

  void awaitListening() throws Exception {
    for (long end = System.currentTimeMillis() + PATIENCE_MILLIS; ; Thread.sleep(20)) {
      try (Socket probe = new Socket("localhost", port)) {
        assertThat(probe.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        if (System.currentTimeMillis() > end || !process.isAlive()) {
          throw new IOException(Files.readString(folder.resolve("daemon.log")), e);
        }
      }
    }
  }

  void stop() throws Exception {
    process.destroy();
    process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** What has come so far, once it is at least so much. */
  List<JsonNode> await(int messages) throws Exception {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    List<JsonNode> received = received();
    while (received.size() < messages && System.currentTimeMillis() < end) {
      Thread.sleep(20);
      received = received();
    }
    return received;
  }

  List<JsonNode> received() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(output)) {
      String text = Files.readString(output);
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    return lines;
  }

  @Override
  public void close() {
    kill();
  }
}
