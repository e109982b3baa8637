package io.caracal.core.internal.flowlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a flow log. They are named by the time at which they begin; one that is still being
 * written, or was when a sensor died, ends with {@code .part}. One thread.
 */
final class LogFolder {
  private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern OURS =
      Pattern.compile("flows-\\d{8}T\\d{6}Z(-\\d+)?\\.[a-z]+(\\.part)?");
  private static final String PART = ".part";

  private final Path folder;
  private final String extension;
  private final long maxBytes;
  private long removed;

  LogFolder(Path folder, String extension, long maxBytes) {
    this.folder = folder;
    this.extension = extension;
    this.maxBytes = maxBytes;
  }

  /** The unfinished name for a file that begins at a time; no file of this name is there. */
  Path begin(long nanos) throws IOException {
    Files.createDirectories(folder);
    String name = "flows-" + TIME.format(Instant.ofEpochSecond(nanos / 1_000_000_000));
    Path whole = folder.resolve(name + "." + extension);
    for (int again = 1; Files.exists(whole) || Files.exists(part(whole)); again++) {
      whole = folder.resolve(name + "-" + again + "." + extension);
    }
    return part(whole);
  }

  private static Path part(Path whole) {
    return whole.resolveSibling(whole.getFileName() + PART);
  }

  /** Gives a file that is whole its name, and removes the oldest ones beyond the limit. */
  void finish(Path part) throws IOException {
    String name = String.valueOf(part.getFileName());
    Path whole = part.resolveSibling(name.substring(0, name.length() - PART.length()));
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    if (maxBytes > 0) {
      removeOldest();
    }
  }

  private void removeOldest() throws IOException {
    List<Path> files = files();
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    for (int oldest = 0; bytes > maxBytes && oldest < files.size() - 1; oldest++) {
      bytes -= Files.size(files.get(oldest));
      Files.delete(files.get(oldest));
      removed++;
    }
  }

  /** The files of this log, whole or not, the oldest first. */
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> OURS.matcher(String.valueOf(file.getFileName())).matches())
          .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
          .toList();
    }
  }

  /** Says which files a sensor that died left unfinished; they are kept until they are oldest. */
  void reportLeftOvers() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      files().stream()
          .filter(file -> file.toString().endsWith(PART))
          .forEach(file -> LOG.warn("{} was not finished by an earlier run", file));
    } catch (IOException e) {
      LOG.warn("the flow log's folder {} cannot be listed: {}", folder, e.toString());
    }
  }

  /** Files removed because of the limit. */
  long removed() {
    return removed;
  }
}
