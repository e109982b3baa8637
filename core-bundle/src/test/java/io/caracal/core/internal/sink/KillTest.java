package io.caracal.core.internal.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sensor killed at random moments, from its first instruction on: what was journalled arrives,
 * nothing else does, and the order is kept. {@code -Dcaracal.kills=100} kills as often.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("caracal.kills", 4);
  private static final int LONGEST_MILLIS = 1000;

  @TempDir private Path folder;

  /** Receives what sensors send; acknowledges it when it has all, or now and then goes away. */
  private static final class Receiver {
    final Map<String, Integer> received = new LinkedHashMap<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Random random = new Random(7);
    private final Thread thread = Thread.ofPlatform().start(this::serve);

    Receiver() throws IOException {}

    int port() {
      return server.getLocalPort();
    }

    private void serve() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept();
            BufferedReader in =
                new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
          receive(socket, in);
        } catch (IOException e) {
          assertThat(e).as("the sensor was killed, or the test is over").isNotNull();
        }
      }
    }

    private void receive(Socket socket, BufferedReader in) throws IOException {
      List<String> lines = new ArrayList<>();
      String line = in.readLine();
      while (line != null && !line.equals("end")) {
        lines.add(line);
        line = in.readLine();
      }
      if (line == null || random.nextInt(10) == 0) {
        return; // what is not acknowledged is not kept
      }
      for (String event : lines) {
        int space = event.indexOf(' ');
        int said = Integer.parseInt(event.substring(space + 1));
        Integer before = received.put(event.substring(0, space), said);
        assertThat(before == null || before == said).as("the same id is the same event").isTrue();
      }
      socket.getOutputStream().write("taken\n".getBytes(StandardCharsets.UTF_8));
    }

    void end() throws IOException, InterruptedException {
      server.close();
      thread.join();
    }
  }

  private Process start(Receiver receiver, int run, boolean raise) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledSensor.class.getName(),
            folder.toString(),
            Integer.toString(receiver.port()),
            Integer.toString(run),
            Boolean.toString(raise))
        .redirectError(folder.resolve("stderr").toFile())
        .redirectOutput(folder.resolve("stdout").toFile())
        .start();
  }

  /** How many alerts the run said to be journalled; the last line may be cut. */
  private int journalled() {
    try {
      String said = Files.readString(folder.resolve("stdout"));
      return said.substring(0, said.lastIndexOf('\n') + 1)
          .lines()
          .filter(line -> line.matches("[0-9]+"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsJournalledArrivesOnceTheSensorLivesAgain() throws Exception {
    Random random = new Random(11);
    Map<Integer, Integer> journalled = new TreeMap<>();
    Receiver receiver = new Receiver();
    try {
      for (int run = 0; run < KILLS; run++) {
        Process sensor = start(receiver, run, true);
        while (run % 4 != 0 && sensor.isAlive() && journalled() == 0) {
          TimeUnit.MILLISECONDS.sleep(1); // most are killed at work, some while they start
        }
        boolean ended = sensor.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
        assertThat(ended).as("ended by itself: %s", errors()).isFalse();
        sensor.destroyForcibly().waitFor();
        journalled.put(run, journalled());
      }
      Process last = start(receiver, KILLS, false);
      assertThat(last.waitFor()).as(errors()).isZero();
      assertThat(errors()).doesNotContain("wait for the sink");
    } finally {
      receiver.end();
    }
    check(journalled, receiver.received);
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("stderr"));
  }

  private static void check(Map<Integer, Integer> journalled, Map<String, Integer> received) {
    int told = 0;
    for (Map.Entry<Integer, Integer> run : journalled.entrySet()) {
      for (int i = 0; i < run.getValue(); i++) {
        int number = run.getKey() * KilledSensor.RUN + i;
        assertThat(received).containsKey("alert-" + number + "-0");
        told++;
      }
    }
    int before = -1;
    int closings = 0;
    for (Map.Entry<String, Integer> event : received.entrySet()) {
      String[] parts = event.getKey().split("-", -1);
      int number = Integer.parseInt(parts[1]);
      assertThat(journalled).as("a run that was").containsKey(number / KilledSensor.RUN);
      if (parts[2].equals("1")) {
        assertThat(number % 10).as("only what was left open is closed").isZero();
        assertThat(received).containsKey("alert-" + number + "-0");
        closings++;
      } else {
        int said = KilledSensor.alert(number).toString().hashCode();
        assertThat(event.getValue()).as("%s as it was raised", event.getKey()).isEqualTo(said);
        assertThat(number).as("in order").isGreaterThan(before);
        before = number;
      }
    }
    System.out.printf(
        "%d kills, %d of them at work: %d alerts journalled for certain, %d received, %d closed by"
            + " the next run%n",
        journalled.size(),
        journalled.values().stream().filter(count -> count > 0).count(),
        told,
        received.size() - closings,
        closings);
  }
}
