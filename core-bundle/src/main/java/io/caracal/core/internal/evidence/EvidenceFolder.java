package io.caracal.core.internal.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of packets that there are, of this run and earlier ones. Together they are bounded:
 * those that grew last stay, and those of open alerts. One thread; the counts are for any.
 */
final class EvidenceFolder {
  /** What the names of files end with; the id of an alert stands before it. */
  static final String SUFFIX = ".pcapng";

  private static final Logger LOG = LoggerFactory.getLogger(EvidenceFolder.class);

  private final Path folder;
  private final long most;
  private final Map<Path, Entry> entries = new HashMap<>();
  private final TreeSet<Entry> oldestFirst =
      new TreeSet<>(Comparator.comparingLong(Entry::grown).thenComparing(Entry::file));
  private boolean listed;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder removed = new LongAdder();

  private record Entry(Path file, long grown, long bytes) {}

  /**
   * A folder.
   *
   * @param most bytes that all files may hold; 0 for any
   */
  EvidenceFolder(Path folder, long most) {
    this.folder = folder;
    this.most = most;
  }

  /**
   * Notes that a file has grown, and removes the oldest where there are too many bytes.
   *
   * @param open alerts whose files are still written to
   */
  void grew(Path file, Set<String> open) throws IOException {
    if (!listed) {
      list();
      listed = true;
    }
    note(file, System.currentTimeMillis(), Files.size(file));
    while (most > 0 && bytes.sum() > most && removeOldest(open)) {
      removed.increment();
    }
  }

  private void list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .forEach(
              file -> {
                try {
                  BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
                  note(file, about.lastModifiedTime().toMillis(), about.size());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void note(Path file, long grown, long size) {
    forget(file);
    Entry entry = new Entry(file, grown, size);
    entries.put(file, entry);
    oldestFirst.add(entry);
    bytes.add(size);
  }

  private void forget(Path file) {
    Entry entry = entries.remove(file);
    if (entry != null) {
      oldestFirst.remove(entry);
      bytes.add(-entry.bytes);
    }
  }

  private boolean removeOldest(Set<String> open) throws IOException {
    for (Entry entry : oldestFirst) {
      String name = entry.file.getFileName().toString();
      if (!open.contains(name.substring(0, name.length() - SUFFIX.length()))) {
        Files.deleteIfExists(entry.file);
        forget(entry.file);
        LOG.debug("evidence {} made room for newer", entry.file);
        return true;
      }
    }
    return false;
  }

  /** Bytes of all files; 0 before the first is written. */
  long bytes() {
    return bytes.sum();
  }

  /** Files that made room for newer ones. */
  long removed() {
    return removed.sum();
  }
}
