package io.caracal.plugin.manager.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caracal.plugin.manager.internal.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  private static final int LIMIT = 1000;

  @TempDir private Path folder;
  private final CountDownLatch done = new CountDownLatch(1);
  private HttpServer server = null;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/fits", exchange -> answer(exchange, LIMIT));
    server.createContext("/large", exchange -> answer(exchange, LIMIT + 1));
    server.createContext("/slow", this::never);
    server.start();
  }

  private static void answer(HttpExchange exchange, int bytes) throws IOException {
    exchange.sendResponseHeaders(200, 0); // in chunks: the length is not told before
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(new byte[bytes]);
    }
  }

  /** Sends the beginning and keeps the client waiting for the rest. */
  private void never(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write(1);
    exchange.getResponseBody().flush();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  @AfterEach
  void stop() {
    done.countDown();
    server.stop(0);
  }

  private byte[] get(String path, Duration time) throws Refusal {
    URI file = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return new Downloads(LIMIT, time).get(file);
  }

  @Test
  void whatIsTooLargeOrTooSlowIsRefused() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    assertThat(get("/fits", minute)).hasSize(LIMIT);
    assertThatThrownBy(() -> get("/large", minute))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("exceeds capacity: 1000")
        .hasMessageContaining("plugins.max-bytes");
    assertThatThrownBy(() -> get("/none", minute)).hasMessageContaining("answers 404");
    assertThatThrownBy(() -> get("/slow", Duration.ofMillis(200)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("was not here within 0.2 s (plugins.download-time)");
  }

  @Test
  void filesHaveTheSameLimit() throws Exception {
    Downloads downloads = new Downloads(LIMIT, Duration.ofMinutes(1));
    Path file = Files.write(folder.resolve("a b"), new byte[LIMIT]);
    assertThat(downloads.get(file.toUri())).hasSize(LIMIT);
    Files.write(file, new byte[LIMIT + 1]);
    assertThatThrownBy(() -> downloads.get(file.toUri()))
        .hasMessageContaining("it has more than 1000 bytes");
    assertThatThrownBy(() -> downloads.get(URI.create("gopher://h/x")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("gopher");
  }
}
