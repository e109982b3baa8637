package io.caracal.export.metrics.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caracal.api.plugin.SensorCounters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers {@code GET /metrics} and {@code GET /health}. */
final class MetricsServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final SensorCounters sensor;

  /**
   * Begins to answer.
   *
   * @param listen {@code HOST:PORT}, an IPv6 address in brackets
   * @throws IOException if the port cannot be used
   * @throws IllegalArgumentException with a sentence for the operator
   */
  MetricsServer(String listen, SensorCounters sensor) throws IOException {
    this.sensor = sensor;
    this.server = HttpServer.create(address(listen), 0);
    server.createContext("/metrics", exchange -> answer(exchange, "/metrics"));
    server.createContext("/health", exchange -> answer(exchange, "/health"));
    server.start();
  }

  private static InetSocketAddress address(String listen) {
    int colon = listen.lastIndexOf(':');
    String port = listen.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException(
          "the setting metrics.listen is '" + listen + "' but must be HOST:PORT");
    }
    return new InetSocketAddress(
        listen.substring(0, colon).replaceAll("^\\[|]$", ""), Integer.parseInt(port));
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        send(exchange, 404, "text/plain", "there are /metrics and /health");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        send(exchange, 405, "text/plain", "GET only");
      } else if (path.equals("/metrics")) {
        send(exchange, 200, Exposition.MEDIA_TYPE, Exposition.of(sensor.counters()));
      } else {
        Health health = Health.of(sensor.counters());
        String json = JSON.writeValueAsString(health.tree());
        send(exchange, health.good() ? 200 : 503, "application/json", json);
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
