package io.caracal.plugin.manager.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.plugin.control.Chunk;
import io.caracal.plugin.control.ChunkChannel;
import io.caracal.plugin.control.ControlAddress;
import io.caracal.plugin.control.ControlClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServerTest {
  private static final ControlServer.Commands ECHO =
      (command, options) -> {
        if (!command.equals("echo")) {
          return Optional.empty();
        }
        PrintStream out = (PrintStream) options.get("out");
        out.println(options.get("word") + " by " + options.get("actor"));
        try {
          out.writeBytes(((InputStream) options.get("in")).readAllBytes());
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
        ((PrintStream) options.get("err")).println("done");
        return Optional.of(7);
      };

  @TempDir private Path folder;

  private record Answer(int code, String out, String err) {}

  private Answer call(String command, Map<String, Object> options, String input)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (ControlClient client = ControlClient.connect(folder).orElseThrow()) {
      int code =
          client.call(
              command,
              options,
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8));
      return new Answer(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aCommandGetsOptionsAndInputAndGivesOutputAndCode() throws Exception {
    String me = System.getProperty("user.name");
    try (ControlServer _ = ControlServer.open(folder, ECHO)) {
      String input = "größer\n".repeat(5000);
      assertThat(call("echo", Map.of("word", List.of("ä=b", "c")), input))
          .isEqualTo(new Answer(7, "[ä=b, c] by " + me + "\n" + input, "done\n"));
      assertThat(call("fly", Map.of(), ""))
          .isEqualTo(new Answer(2, "", "caracal: a running sensor has no command fly\n"));
    }
    assertThat(ControlClient.connect(folder)).as("after the sensor has ended").isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whoTheClientIsComesFromTheKernelAndNotFromTheRequest() throws Exception {
    try (ControlServer _ = ControlServer.open(folder, ECHO)) {
      assertThat(call("echo", Map.of("word", "w", "actor", "somebody", "out", "x"), "").out())
          .isEqualTo("w by " + System.getProperty("user.name") + "\n");
    }
  }

  @Test
  void onlyItsOwnerMayReachTheSocket() throws Exception {
    try (ControlServer _ = ControlServer.open(folder.resolve("made/state"), ECHO)) {
      Path state = folder.resolve("made/state");
      assertThat(permissions(state)).isEqualTo("rwx------");
      assertThat(permissions(state.resolve("control.sock"))).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theSocketOfADeadSensorIsTakenOverAndThatOfALivingOneIsNot() throws Exception {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(ControlAddress.of(folder.resolve("control.sock")));
    }
    assertThat(folder.resolve("control.sock")).exists();
    assertThat(ControlClient.connect(folder)).isEmpty();
    try (ControlServer _ = ControlServer.open(folder, ECHO)) {
      assertThat(call("echo", Map.of("word", "w"), "").code()).isEqualTo(7);
      assertThatThrownBy(() -> ControlServer.open(folder, ECHO))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another sensor")
          .hasMessageContaining("state.dir");
      assertThat(call("echo", Map.of("word", "w"), "").code()).isEqualTo(7);
    }
  }

  @Test
  void aPathThatIsTooLongIsSaid() {
    Path deep = folder.resolve("a".repeat(60)).resolve("b".repeat(60));
    assertThatThrownBy(() -> ControlServer.open(deep, ECHO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("107")
        .hasMessageContaining("state.dir");
  }

  @Test
  void clientsThatSendNothingHoldUpNobodyAndTooManyAreToldSo() throws Exception {
    try (ControlServer _ = ControlServer.open(folder, ECHO)) {
      List<SocketChannel> silent = new ArrayList<>();
      for (int i = 0; i < ControlServer.AT_ONCE - 1; i++) {
        silent.add(SocketChannel.open(ControlAddress.of(folder.resolve("control.sock"))));
      }
      assertThat(call("echo", Map.of("word", "w"), "").code()).isEqualTo(7);
      for (SocketChannel one : silent) {
        one.close();
      }
    }
    CountDownLatch busy = new CountDownLatch(ControlServer.AT_ONCE);
    CountDownLatch end = new CountDownLatch(1);
    ControlServer.Commands slow =
        (command, options) -> {
          busy.countDown();
          await(end);
          return Optional.of(0);
        };
    try (ControlServer _ = ControlServer.open(folder, slow)) {
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < ControlServer.AT_ONCE; i++) {
        clients.add(Thread.ofVirtual().start(this::quietly));
      }
      await(busy);
      assertThat(call("slow", Map.of(), ""))
          .isEqualTo(
              new Answer(
                  1,
                  "",
                  "caracal: the sensor is answering 8 commands already; ask again in a moment\n"));
      end.countDown();
      for (Thread client : clients) {
        client.join();
      }
    }
  }

  private void quietly() {
    try {
      call("slow", Map.of(), "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRequestThatIsNoneIsRefusedInASentence() throws Exception {
    try (ControlServer _ = ControlServer.open(folder, ECHO)) {
      assertThat(raw(Chunk.utf8(Chunk.Type.ARGUMENT, "noequals"))).contains("not of the form");
      assertThat(raw(Chunk.utf8(Chunk.Type.OUTPUT, "x"))).contains("chunk of type OUTPUT");
      Chunk large = Chunk.utf8(Chunk.Type.ARGUMENT, "a=" + "b".repeat(60_000));
      assertThat(raw(large, large, large, large, large)).contains("longer than");
      assertThat(call("echo", Map.of("word", "w"), "").code()).isEqualTo(7);
    }
  }

  private String raw(Chunk... chunks) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(ControlAddress.of(folder.resolve("control.sock")))) {
      ChunkChannel wire = new ChunkChannel(channel);
      for (Chunk chunk : chunks) {
        wire.write(chunk);
      }
      return wire.read().utf8();
    }
  }

  @Test
  void aCommandThatThrowsIsAnswered() throws Exception {
    ControlServer.Commands broken =
        (command, options) -> {
          throw new IllegalStateException("on purpose");
        };
    try (ControlServer _ = ControlServer.open(folder, broken)) {
      Answer answer = call("any", Map.of(), "");
      assertThat(answer.code()).isEqualTo(1);
      assertThat(answer.err()).contains("on purpose");
    }
  }
}
