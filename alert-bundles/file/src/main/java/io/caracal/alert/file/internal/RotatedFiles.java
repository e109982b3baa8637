package io.caracal.alert.file.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that were put aside, named after the time when that was: {@code eve.json} becomes
 * {@code eve.json.20251120T090403.250Z}, and {@code .gz} is added when it has been compressed,
 * which happens beside the writing.
 */
final class RotatedFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RotatedFiles.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String MARK = "\\.[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z(\\.gz)?";
  private static final String COMPRESSED = ".gz";

  private final Path path;
  private final Rotation rotation;
  private CompletableFuture<Void> compression = CompletableFuture.completedFuture(null);

  RotatedFiles(Path path, Rotation rotation) {
    this.path = path;
    this.rotation = rotation;
  }

  /** Puts the file aside. */
  void add() throws IOException {
    Path aside = free(Instant.now());
    Files.move(path, aside);
    compression = compression.thenRunAsync(() -> settle(aside));
  }

  private Path free(Instant now) {
    Path aside = path.resolveSibling(path.getFileName() + "." + TIME.format(now));
    boolean taken =
        Files.exists(aside) || Files.exists(aside.resolveSibling(aside.getFileName() + COMPRESSED));
    return taken ? free(now.plusMillis(1)) : aside;
  }

  private void settle(Path aside) {
    try {
      if (rotation.compress() && Files.exists(aside)) { // it may have been one too many already
        compress(aside);
      }
      if (rotation.keep() > 0) {
        List<Path> all = all();
        for (Path old : all.subList(0, Math.max(0, all.size() - rotation.keep()))) {
          Files.delete(old);
        }
      }
    } catch (IOException e) {
      LOG.warn("the file {} stays as it was put aside: {}", aside, e.toString());
    }
  }

  private static void compress(Path aside) throws IOException {
    Path compressed = aside.resolveSibling(aside.getFileName() + COMPRESSED);
    Path partial = aside.resolveSibling(compressed.getFileName() + ".part");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(partial), 1 << 16)) {
      Files.copy(aside, out);
    }
    Files.move(partial, compressed, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(aside);
  }

  /** The oldest first. */
  List<Path> all() throws IOException {
    String name = path.getFileName().toString();
    try (Stream<Path> files = Files.list(Optional.ofNullable(path.getParent()).orElseThrow())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name + '.'))
          .filter(file -> file.getFileName().toString().substring(name.length()).matches(MARK))
          .sorted()
          .toList();
    }
  }

  /** Waits for the compression. */
  @Override
  public void close() {
    compression.join();
  }
}
