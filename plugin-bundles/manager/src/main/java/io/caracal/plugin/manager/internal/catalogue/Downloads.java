package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.api.plugin.Settings;
import io.caracal.plugin.manager.internal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets files from folders and servers; none may be too large or take too long.
 *
 * @param limit most bytes of a file
 * @param time longest time for a file, from the first attempt to its last byte
 */
record Downloads(long limit, Duration time) {
  private static final int FOUND = 200;

  static Downloads of(Settings settings) {
    return new Downloads(
        (long) settings.number("plugins.max-bytes", 536870912),
        settings.seconds("plugins.download-time", Duration.ofMinutes(5)));
  }

  /**
   * The content of a file.
   *
   * @param file its address, {@code file:}, {@code http:} or {@code https:}
   */
  byte[] get(URI file) throws Refusal {
    try {
      return "file".equals(file.getScheme()) ? read(Path.of(file)) : load(file);
    } catch (IOException | IllegalArgumentException e) {
      throw unreachable(file, e);
    }
  }

  private byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > limit) {
        throw new IOException("it has more than " + limit + " bytes");
      }
      return bytes;
    }
  }

  private byte[] load(URI file) throws IOException, Refusal {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(time)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      CompletableFuture<HttpResponse<byte[]>> answer =
          client.sendAsync(
              HttpRequest.newBuilder(file).build(),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), limit));
      try {
        HttpResponse<byte[]> response = answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
        if (response.statusCode() != FOUND) {
          throw new IOException("the server answers " + response.statusCode());
        }
        return response.body();
      } catch (TimeoutException e) {
        throw new Refusal(
            file
                + " was not here within "
                + time.toMillis() / 1e3
                + " s (plugins.download-time); see to the network, or give it more time",
            e);
      } catch (ExecutionException e) {
        throw unreachable(file, e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } finally {
        client.shutdownNow();
      }
    }
  }

  private static Refusal unreachable(URI file, Throwable cause) {
    return new Refusal(
        file
            + " cannot be fetched ("
            + cause
            + "); see to the folder or the server that plugins.catalogues names, and for large"
            + " files to plugins.max-bytes",
        cause);
  }
}
